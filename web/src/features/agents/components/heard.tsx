import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'
import { formatAgo, formatMoment, useLanguage } from '@/lib/format'
import { useNow } from '@/lib/now'

const MINUTE_MS = 60_000

/** When an agent was last heard of, to the second while that says something. */
export function Heard({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow(5000)
  const at = agent.lastHeartbeat
  if (!at) return <>{t('agents.neverHeard')}</>
  const age = Math.max(0, now - Date.parse(at))
  const words = new Intl.RelativeTimeFormat(language, { style: 'short' })
  return (
    <Tooltip label={formatMoment(at, language)}>
      <time dateTime={at} className="tabular">
        {age < MINUTE_MS ? words.format(-Math.round(age / 1000), 'second') : formatAgo(at, now, language)}
      </time>
    </Tooltip>
  )
}
