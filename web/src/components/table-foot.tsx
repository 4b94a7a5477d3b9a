import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface Props {
  text: string
  hasMore?: boolean
  loading?: boolean
  onMore?: () => void
}

/** How many rows there are, and more of them. */
export function TableFoot({ text, hasMore = false, loading = false, onMore }: Props) {
  const { t } = useTranslation()
  return (
    <Group justify="space-between" mih={36}>
      <Text fz="xs" c="dimmed" className="tabular" role="status">
        {text}
      </Text>
      {hasMore && (
        <Button variant="default" loading={loading} onClick={onMore}>
          {t('action.more')}
        </Button>
      )}
    </Group>
  )
}
