import { Anchor, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import type { Person } from '@/api/admin-types'
import { AppIcon } from '@/components/app-icon'
import { Grow, None, Row, Rows, Section } from '@/components/section'
import { StateBadge } from '@/components/state-badge'
import { TimeAgo } from '@/components/time-ago'

import { personSessionsQuery } from '../api/person'
import { PartError } from '@/components/part-error'

const SHOWN = 8

/** What runs for somebody; what to do with it is on the sessions page. */
export function PersonSessions({ person }: { person: Person }) {
  const { t } = useTranslation()
  const query = useQuery(personSessionsQuery(person.id))
  const sessions = (query.data?.sessions ?? []).filter((one) => one.state !== 'terminated')
  return (
    <Section
      title={t('people.sessionsOf', { count: sessions.length })}
      actions={
        sessions.length > 0 && (
          <Anchor
            fz="sm"
            renderRoot={(props) => <Link to="/admin/sessions" search={{ q: person.username }} {...props} />}
          >
            {t('people.allSessions')}
          </Anchor>
        )
      }
      flush={sessions.length > 0}
    >
      {query.isPending && <Skeleton h={44} />}
      {query.isError && !query.data && <PartError error={query.error} />}
      {query.data && sessions.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('people.noSessions')}
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
                  renderRoot={(props) => <Link to="/sessions/$id" params={{ id: session.id }} {...props} />}
                >
                  {session.templateDisplayName}
                </Anchor>
                <Text fz="xs" c="dimmed" truncate>
                  <TimeAgo at={session.startedAt ?? session.createdAt} />
                  {session.agentId && ` · ${session.agentId}`}
                </Text>
              </Grow>
              <StateBadge state={session.state} />
            </Row>
          ))}
        </Rows>
      )}
      {sessions.length > SHOWN && <None>{t('people.moreSessions', { count: sessions.length - SHOWN })}</None>}
    </Section>
  )
}
