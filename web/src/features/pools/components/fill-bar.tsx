import { Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** How many wait of those that should. Unlike a limit, a full one is good. */
export function FillBar({ label, ready, size }: { label: string; ready: number; size: number }) {
  const { t } = useTranslation()
  const percent = size === 0 ? 0 : Math.min(100, (100 * ready) / size)
  const text = t('usage.of', { used: ready, max: size })
  return (
    <>
      <Text fz="sm" className="tabular">
        {text}
      </Text>
      <Progress.Root
        size={6}
        mt={4}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(percent)}
        aria-valuetext={text}
      >
        <Progress.Section withAria={false} value={percent} color={percent >= 100 ? 'teal.7' : 'iris.5'} />
      </Progress.Root>
    </>
  )
}
