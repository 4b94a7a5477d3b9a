import { Anchor, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'
import { AppIcon } from '@/components/app-icon'
import { PartError } from '@/components/part-error'
import { Grow, None, Row, Rows, Section } from '@/components/section'
import { StateBadge } from '@/components/state-badge'
import { TimeAgo } from '@/components/time-ago'
import { useLanguage } from '@/lib/format'
import { formatBytes } from '@/lib/quantity'

import { agentSessionsQuery } from '../api/agent'
import { sessionUse } from '../session-use'

const SHOWN = 12

/** What runs on an agent and what each really uses. */
export function AgentSessions({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useQuery(agentSessionsQuery(agent.agentId))
  const sessions = query.data?.sessions ?? []
  const total = query.data?.total ?? 0
  const used = (id: string) => {
    const use = sessionUse(agent, id)
    if (!use) return null
    const cores = use.cores.toLocaleString(language, { maximumFractionDigits: 2 })
    return t('agents.sessionUse', { cores, memory: formatBytes(use.memoryBytes, language) })
  }
  return (
    <Section title={t('agents.sessionsOf', { count: total })} flush={sessions.length > 0}>
      {query.isPending && <Skeleton h={44} />}
      {query.isError && !query.data && <PartError error={query.error} />}
      {query.data && sessions.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('agents.noSessions')}
        </Text>
      )}
      {sessions.length > 0 && (
        <Rows>
          {sessions.slice(0, SHOWN).map((session) => (
            <Row key={session.id}>
              <AppIcon src={session.icon} name={session.templateDisplayName} size={28} />
              <Grow>
                <Anchor
                  fz="sm"
                  fw={500}
                  c="var(--mantine-color-text)"
                  display="block"
                  truncate
                  renderRoot={(props) => (
                    <Link to="/sessions/$id/details" params={{ id: session.id }} {...props} />
                  )}
                >
                  {session.templateDisplayName}
                </Anchor>
                <Text fz="xs" c="dimmed" truncate>
                  {session.user} · <TimeAgo at={session.startedAt ?? session.createdAt} />
                  {used(session.id) && ` · ${used(session.id) ?? ''}`}
                </Text>
              </Grow>
              <StateBadge state={session.state} />
            </Row>
          ))}
        </Rows>
      )}
      {total > SHOWN && <None>{t('agents.moreSessions', { count: total - SHOWN })}</None>}
    </Section>
  )
}
