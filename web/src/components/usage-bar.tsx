import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import { useLanguage } from '@/lib/format'
import { formatBytes } from '@/lib/quantity'

import classes from './usage-bar.module.css'

type Format = 'count' | 'cpu' | 'bytes' | ((value: number, language: string) => string)

interface Props {
  label: string
  used: number
  /** null: there is no limit. */
  max: number | null
  format?: Format
  /** In a table's cell, where the column's head is the label. */
  hideLabel?: boolean
}

/** How much of a limit is in use, in words and as a bar. */
export function UsageBar({ label, used, max, format = 'count', hideLabel = false }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const show = (value: number) =>
    format === 'bytes'
      ? formatBytes(value, language)
      : typeof format === 'function'
        ? format(value, language)
        : value.toLocaleString(language, { maximumFractionDigits: format === 'cpu' ? 2 : 0 })
  const text =
    max === null
      ? t('usage.noLimit', { used: show(used) })
      : t('usage.of', { used: show(used), max: show(max) })
  // A limit of nothing is used up by nothing.
  const percent = max === null ? 0 : max > 0 ? Math.min(100, (100 * used) / max) : 100
  const color = percent >= 100 ? 'red.7' : percent > 80 ? 'yellow.7' : 'iris.5'
  return (
    <div className={classes.usage}>
      <div className={classes.text}>
        {!hideLabel && <span className={classes.label}>{label}</span>}
        <span className="tabular">{text}</span>
      </div>
      <Progress.Root
        className={classes.bar}
        data-unlimited={max === null || undefined}
        size={6}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={max === null ? undefined : Math.round(percent)}
        aria-valuetext={text}
      >
        <Progress.Section withAria={false} value={percent} color={color} />
      </Progress.Root>
    </div>
  )
}
