import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import type { Session } from '@/api/types'
import { AppIcon } from '@/components/app-icon'
import { DataTable, type Column } from '@/components/data-table'
import { StateBadge } from '@/components/state-badge'
import { TimeAgo } from '@/components/time-ago'

import { isEnded } from '../states'
import type { Sort } from '../table'
import { SessionMenu } from './session-card'
import { SessionNote } from './session-note'
import classes from './session-table.module.css'

const ENDINGS = ['agent_unavailable', 'closed', 'max_duration', 'stopped'] as const

interface Props {
  sessions: Session[]
  sort: Sort
  onSort: (sort: Sort) => void
  selected: ReadonlySet<string>
  onSelect: (ids: ReadonlySet<string>) => void
  withUser: boolean
  selectable: boolean
}

export function SessionTable({ sessions, sort, onSort, selected, onSelect, withUser, selectable }: Props) {
  const { t } = useTranslation()
  const user: Column<Session> = {
    key: 'user',
    label: t('session.user'),
    width: 150,
    from: 'sm',
    sortable: true,
    cell: (session) => (
      <Text fz="sm" truncate title={session.user}>
        {session.user}
      </Text>
    ),
  }
  const columns: Column<Session>[] = [
    {
      key: 'application',
      label: t('session.application'),
      sortable: true,
      cell: (session) => <Application session={session} withUser={withUser} />,
    },
    {
      key: 'state',
      label: t('session.state'),
      width: 130,
      from: 'sm',
      sortable: true,
      cell: (session) => <StateBadge state={session.state} />,
    },
    ...(withUser ? [user] : []),
    {
      key: 'agent',
      label: t('session.agent'),
      width: 170,
      from: 'md',
      sortable: true,
      cell: (session) => (
        <Text fz="sm" c="dimmed" truncate title={session.agentId}>
          {session.agentId || '–'}
        </Text>
      ),
    },
    {
      key: 'started',
      label: selectable ? t('session.age') : t('session.endedAt'),
      width: 150,
      from: 'sm',
      sortable: 'newest first',
      cell: (session) => (
        <Text fz="sm" c="dimmed" component="span">
          <TimeAgo at={session.terminatedAt ?? session.startedAt ?? session.createdAt} />
        </Text>
      ),
    },
  ]
  return (
    <DataTable
      label={t('nav.sessions')}
      rows={sessions}
      columns={columns}
      id={(session) => session.id}
      nameOf={(session) => session.templateDisplayName}
      sort={sort}
      onSort={(next) => onSort(next as Sort)}
      selected={selected}
      onSelect={selectable ? onSelect : undefined}
      menu={(session) => <SessionMenu session={session} />}
    />
  )
}

function Application({ session, withUser }: { session: Session; withUser: boolean }) {
  const { t } = useTranslation()
  // There is no picture of what has ended or failed, nor of what is not one's own.
  const leadsToDetails = useMe().id !== session.userId || isEnded(session) || session.state === 'failed'
  const ended = ENDINGS.find((one) => one === session.terminationReason)
  const reason =
    session.state === 'failed'
      ? session.reason?.message
      : ended && isEnded(session)
        ? t(`ending.${ended}`)
        : null
  return (
    <div className={classes.application}>
      <AppIcon src={session.icon} name={session.templateDisplayName} size={28} />
      <div className={classes.words}>
        <Link
          className={classes.link}
          to={leadsToDetails ? '/sessions/$id/details' : '/sessions/$id'}
          params={{ id: session.id }}
          title={session.templateDisplayName}
        >
          {session.templateDisplayName}
        </Link>
        <Text component="span" className={classes.id} title={reason ?? session.id}>
          {reason ?? session.id}
        </Text>
        <SessionNote session={session} />
        <span className={classes.below}>
          <StateBadge state={session.state} />
          {withUser && <span className={classes.belowUser}>{session.user}</span>}
        </span>
      </div>
    </div>
  )
}
