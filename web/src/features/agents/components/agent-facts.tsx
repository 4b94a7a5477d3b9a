import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'
import { Facts, Section } from '@/components/section'
import { TimeAgo } from '@/components/time-ago'

import { Labels } from './agent-badge'
import { OrganizationName } from './organization-select'

/** What is known of an agent, and what an administrator decided about it. */
export function AgentFacts({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const { capacity } = agent
  const text = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : null
  const behind = agent.versionsBehind ?? 0
  const machine = [text(agent.metadata.hostname), text(agent.metadata.os)].filter(Boolean).join(' · ')
  const facts: (readonly [string, React.ReactNode])[] = [
    [t('agents.platform'), agent.platform],
    [t('agents.region'), agent.region ?? '–'],
    [
      t('agents.labels'),
      Object.keys(agent.labels ?? {}).length > 0 ? (
        <Labels key="l" labels={agent.labels ?? {}} most={12} />
      ) : (
        '–'
      ),
    ],
    [t('agents.organization'), <OrganizationName key="o" id={agent.orgId} />],
    [
      t('agents.version'),
      <>
        {agent.version ?? '–'}
        {behind !== 0 && (
          <Text component="span" fz="xs" c="dimmed">
            {' '}
            {t(behind > 0 ? 'agents.behind' : 'agents.ahead')}
          </Text>
        )}
      </>,
    ],
    [t('agents.capacity'), [text(capacity?.cpu), text(capacity?.memory)].filter(Boolean).join(' · ') || '–'],
    [
      t('agents.maxSessions'),
      agent.maxSessions
        ? t('agents.bound', { most: agent.maxSessions, stated: text(capacity?.maxSessions) ?? '–' })
        : (text(capacity?.maxSessions) ?? '–'),
    ],
    [t('agents.maxStarts'), agent.standing?.starts.atOnce ?? '–'],
    ...(machine ? [[t('agents.host'), machine] as const] : []),
    [t('agents.joined'), <TimeAgo key="j" at={agent.createdAt} />],
    ...(agent.approvedAt ? [[t('agents.decided'), <TimeAgo key="a" at={agent.approvedAt} />] as const] : []),
  ]
  return (
    <Section title={t('agents.about')}>
      <Facts facts={facts} />
    </Section>
  )
}
