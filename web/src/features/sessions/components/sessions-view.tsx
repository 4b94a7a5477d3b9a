import { Button, SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core'
import {
  IconFilterOff,
  IconHistory,
  IconMoon,
  IconPlayerStop,
  IconSearch,
  IconStack2,
  IconX,
} from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { BulkBar, TableSkeleton } from '@/components/data-table'
import { EmptyState, ErrorState } from '@/components/states'
import { TableFoot } from '@/components/table-foot'

import { sessionsQuery } from '../api/sessions'
import { canHibernate, canStop, isEnded } from '../states'
import { findSessions, type Sort } from '../table'
import { SessionTable } from './session-table'
import classes from './sessions-view.module.css'
import { useSessionActions } from './use-session-actions'

/** What the address says about the table. */
export interface SessionsSearch {
  q?: string
  sort?: Sort
  tab?: 'ended' | 'shared'
  all?: boolean
}

interface Props {
  search: SessionsSearch
  onSearch: (search: SessionsSearch) => void
  everybody: boolean
  canShowEverybody: boolean
  /** What others share with oneself, where the page shows that too. */
  shared?: ReactNode
}

export function SessionsView({ search, onSearch, everybody, canShowEverybody, shared }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const act = useSessionActions()
  const ended = search.tab === 'ended'
  const sort = search.sort ?? '-started'
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const query = useInfiniteQuery(sessionsQuery({ user: everybody ? undefined : me.username, ended }))

  const all = (query.data?.pages.flatMap((page) => page.sessions) ?? []).filter(
    (one) => isEnded(one) === ended,
  )
  const found = findSessions(all, search.q ?? '', sort)
  const selection = found.filter((one) => picked.has(one.id))
  const selected = new Set(selection.map((one) => one.id))
  const toHibernate = selection.filter((one) => canHibernate(one.state))
  const toStop = selection.filter((one) => canStop(one.state))
  const set = (change: SessionsSearch) => onSearch({ ...search, ...change })
  const run = async (change: 'hibernate' | 'stop') => {
    if (await act(change === 'stop' ? toStop : toHibernate, change)) setPicked(new Set())
  }

  const tabs = (
    <SegmentedControl
      aria-label={t('sessions.which')}
      data={[
        { value: 'active', label: t('sessions.active') },
        { value: 'ended', label: t('sessions.ended') },
        ...(shared === undefined ? [] : [{ value: 'shared', label: t('sessions.shared') }]),
      ]}
      value={search.tab ?? 'active'}
      onChange={(value) => {
        setPicked(new Set())
        set({ tab: value === 'ended' || value === 'shared' ? value : undefined })
      }}
    />
  )
  if (search.tab === 'shared' && shared !== undefined) {
    return (
      <Stack gap="md">
        <div className={classes.tools}>{tabs}</div>
        {shared}
      </Stack>
    )
  }

  return (
    <Stack gap="md">
      <div className={classes.tools}>
        {tabs}
        <TextInput
          className={classes.search}
          id="search"
          type="search"
          aria-label={t('sessions.filter')}
          placeholder={t('sessions.filter')}
          leftSection={<IconSearch size={16} />}
          value={search.q ?? ''}
          onChange={(event) => set({ q: event.currentTarget.value || undefined })}
        />
        {canShowEverybody && (
          <Switch
            label={t('sessions.everybody')}
            checked={everybody}
            onChange={(event) => set({ all: event.currentTarget.checked || undefined })}
          />
        )}
      </div>

      {query.isPending && <TableSkeleton />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && all.length === 0 && (
        <EmptyState
          icon={ended ? IconHistory : IconStack2}
          title={ended ? t('sessions.noneEnded') : t('sessions.none')}
          text={ended ? t('sessions.noneEndedText') : t('sessions.noneText')}
          action={
            !ended && (
              <Button renderRoot={(props) => <Link to="/" {...props} />}>
                {t('sessions.toApplications')}
              </Button>
            )
          }
        />
      )}
      {all.length > 0 && found.length === 0 && (
        <EmptyState
          icon={IconFilterOff}
          title={t('sessions.noneFound')}
          text={t('sessions.noneFoundText', { text: search.q ?? '' })}
          action={
            <Button variant="default" onClick={() => set({ q: undefined })}>
              {t('action.clearSearch')}
            </Button>
          }
        />
      )}
      {found.length > 0 && (
        <SessionTable
          sessions={found}
          sort={sort}
          onSort={(next) => set({ sort: next === '-started' ? undefined : next })}
          selected={selected}
          onSelect={setPicked}
          withUser={everybody}
          selectable={!ended}
        />
      )}
      {query.data && all.length > 0 && (
        <TableFoot
          text={t('sessions.shown', { count: found.length })}
          hasMore={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      )}
      {selection.length > 0 && (
        <BulkBar label={t('sessions.selection')}>
          <Text fz="sm" fw={500} className="tabular">
            {t('sessions.selected', { count: selection.length })}
          </Text>
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconMoon size={16} />}
            disabled={toHibernate.length === 0}
            onClick={() => void run('hibernate')}
          >
            {t('action.hibernate')}
          </Button>
          <Button
            size="compact-md"
            color="red.8"
            leftSection={<IconPlayerStop size={16} />}
            disabled={toStop.length === 0}
            onClick={() => void run('stop')}
          >
            {t('action.stop')}
          </Button>
          <Button
            size="compact-md"
            variant="subtle"
            color="gray"
            leftSection={<IconX size={16} />}
            onClick={() => setPicked(new Set())}
          >
            {t('action.clear')}
          </Button>
        </BulkBar>
      )}
    </Stack>
  )
}
