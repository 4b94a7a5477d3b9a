import { Tooltip } from '@mantine/core'

import { formatAgo, formatMoment, useLanguage } from '@/lib/format'
import { useNow } from '@/lib/now'

export function TimeAgo({ at }: { at: string }) {
  const language = useLanguage()
  const now = useNow(30_000)
  return (
    <Tooltip label={formatMoment(at, language)}>
      <time dateTime={at}>{formatAgo(at, now, language)}</time>
    </Tooltip>
  )
}
