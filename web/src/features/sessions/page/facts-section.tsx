import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import type { Session } from '@/api/types'
import { Facts, Section } from '@/components/section'
import { TimeAgo } from '@/components/time-ago'
import { may } from '@/lib/authorization'
import { formatMoment, useLanguage } from '@/lib/format'

import { endsAt } from '../deadlines'

export function FactsSection({ session }: { session: Session }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const me = useMe()
  const end = endsAt(session)
  const facts: (readonly [string, ReactNode])[] = [
    [
      t('session.user'),
      may(me, 'people:view') ? (
        <Anchor
          fz="sm"
          renderRoot={(props) => <Link to="/admin/people/$id" params={{ id: session.userId }} {...props} />}
        >
          {session.user}
        </Anchor>
      ) : (
        session.user
      ),
    ],
    [t('session.agent'), session.agentId || '–'],
    [t('sessionPage.created'), <TimeAgo key="created" at={session.createdAt} />],
    [t('sessionPage.idleTimeout'), session.idleTimeout ?? t('sessionPage.never')],
    [
      t('sessionPage.longest'),
      session.maxSessionDuration === undefined || session.maxSessionDuration === null
        ? t('sessionPage.never')
        : end !== null && !session.terminatedAt
          ? t('sessionPage.until', {
              duration: session.maxSessionDuration,
              moment: formatMoment(new Date(end).toISOString(), language),
            })
          : session.maxSessionDuration,
    ],
    [t('sessionPage.home'), session.persistentHome ? t('sessionPage.homeKept') : t('sessionPage.homeGone')],
  ]
  if (session.status.lastActivity) {
    facts.push([t('sessionPage.lastInput'), <TimeAgo key="input" at={session.status.lastActivity} />])
  }
  return (
    <Section title={t('sessionPage.facts')}>
      <Facts facts={facts} />
    </Section>
  )
}
