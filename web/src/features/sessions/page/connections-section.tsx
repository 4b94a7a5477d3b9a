import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import type { Session } from '@/api/types'
import { Section } from '@/components/section'

import { timelineQuery } from '../api/about'
import { PresenceList } from '../components/presence-list'
import { splitTimeline } from '../timeline'
import classes from './connections.module.css'
import { Entries } from './timeline-section'

/** Who takes part now, and who came and left before. */
export function ConnectionsSection({ session, isMine }: { session: Session; isMine: boolean }) {
  const { t } = useTranslation()
  const me = useMe()
  const { visits } = splitTimeline(useQuery(timelineQuery(session.id)).data?.events ?? [])
  return (
    <Section title={t('sessionPage.connections')} flush>
      <PresenceList sessionId={session.id} isOwner={isMine} canEnd={'share:manage' in me.permissions} />
      {visits.length > 0 && (
        <details className={classes.before}>
          <summary>{t('sessionPage.before')}</summary>
          <Entries entries={visits} empty="" />
        </details>
      )}
    </Section>
  )
}
