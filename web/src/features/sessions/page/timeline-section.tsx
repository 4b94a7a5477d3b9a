import { Button, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { PartError } from '@/components/part-error'
import { Section } from '@/components/section'
import { TimeAgo } from '@/components/time-ago'

import { timelineQuery, type TimelineEntry } from '../api/about'
import { splitTimeline, toneOf } from '../timeline'
import classes from './timeline.module.css'

const SHOWN = 12

const KINDS = [
  'assigned',
  'connected',
  'created',
  'disconnected',
  'expiring',
  'home_full',
  'failed',
  'hibernated',
  'hibernating',
  'idle',
  'pending',
  'retrying',
  'running',
  'starting',
  'terminated',
  'terminating',
  'waking',
] as const

/** What happened to a session, the newest first. */
export function TimelineSection({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation()
  const query = useQuery(timelineQuery(sessionId))
  const { happened } = splitTimeline(query.data?.events ?? [])
  return (
    <Section title={t('sessionPage.timeline')}>
      {query.isPending && <Skeleton h={120} />}
      {query.isError && !query.data && <PartError error={query.error} />}
      {query.data && <Entries entries={happened} empty={t('sessionPage.nothingYet')} />}
    </Section>
  )
}

/** Entries with their times; the older ones are folded away. */
export function Entries({ entries, empty }: { entries: TimelineEntry[]; empty: string }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  if (entries.length === 0) {
    return (
      <Text fz="sm" c="dimmed">
        {empty}
      </Text>
    )
  }
  return (
    <>
      <ol className={classes.list}>
        {entries.slice(0, all ? undefined : SHOWN).map((entry) => (
          <Entry key={entry.number} entry={entry} />
        ))}
      </ol>
      {!all && entries.length > SHOWN && (
        <Button mt="sm" size="compact-sm" variant="default" onClick={() => setAll(true)}>
          {t('sessionPage.earlier', { count: entries.length - SHOWN })}
        </Button>
      )}
    </>
  )
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation()
  const kind = KINDS.find((one) => one === entry.kind)
  return (
    <li className={classes.entry} data-tone={toneOf(entry.kind)}>
      <div className={classes.head}>
        <span className={classes.kind}>{kind ? t(`sessionPage.kind.${kind}`) : entry.kind}</span>
        {entry.actor && <span className={classes.actor}>{entry.actor}</span>}
        <span className={classes.at}>
          <TimeAgo at={entry.at} />
        </span>
      </div>
      {entry.message && <p className={classes.message}>{entry.message}</p>}
    </li>
  )
}
