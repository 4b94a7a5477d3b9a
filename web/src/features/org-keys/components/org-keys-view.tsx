import { ActionIcon, Button, Code, Stack, Text, Tooltip } from '@mantine/core'
import { IconFilterOff, IconKey, IconKeyOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import type { ApiKey } from '@/api/types'
import { useConfirm } from '@/components/confirm'
import { DataTable, TableSkeleton, type Column } from '@/components/data-table'
import { notifyDone, useNotifyError } from '@/components/notify'
import { Badge } from '@/components/state-badge'
import { EmptyState, ErrorState } from '@/components/states'
import { TableFoot } from '@/components/table-foot'
import { TimeAgo } from '@/components/time-ago'
import { Toolbar, ToolbarFilter, ToolbarSearch } from '@/components/toolbar'
import { may } from '@/lib/authorization'
import { formatMoment, useLanguage } from '@/lib/format'
import { useNow } from '@/lib/now'

import { keysQuery, useRevokeKey } from '../api/keys'
import { findKeys, STATES, stateOf, type KeysSearch, type KeysSort } from '../table'

const TONES = { active: 'ok', expired: 'quiet', revoked: 'bad' } as const

interface Props {
  search: KeysSearch
  onSearch: (search: KeysSearch) => void
}

/** All API keys of the organisation: whose they are, what they may, when they were used. */
export function OrgKeysView({ search, onSearch }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow(60_000)
  const canRevoke = may(useMe(), 'keys:organization')
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const query = useInfiniteQuery(keysQuery())
  const revoke = useRevokeKey()
  const all = query.data?.pages.flatMap((page) => page.apiKeys) ?? []
  const found = findKeys(all, search, now)
  const set = (change: KeysSearch) => onSearch({ ...search, ...change })
  const askRevoke = async (key: ApiKey) => {
    const yes = await confirm({
      title: t('orgKeys.revokeTitle', { name: key.name }),
      text: t('orgKeys.revokeText', { user: key.username }),
      confirm: t('orgKeys.revoke'),
    })
    if (!yes) return
    revoke.mutate(key.id, { onSuccess: () => notifyDone(t('orgKeys.revoked')), onError: notifyError })
  }
  const columns: Column<ApiKey>[] = [
    {
      key: 'name',
      label: t('orgKeys.key'),
      sortable: true,
      cell: (key) => (
        <>
          <Text fz="sm" fw={500} truncate title={key.description || key.name}>
            {key.name}
          </Text>
          <Text fz="xs" c="dimmed" truncate>
            <Code fz="xs">{key.prefix}…</Code>
          </Text>
        </>
      ),
    },
    {
      key: 'username',
      label: t('orgKeys.owner'),
      width: 150,
      from: 'sm',
      sortable: true,
      cell: (key) => (
        <Text fz="sm" truncate title={key.username}>
          {key.username}
        </Text>
      ),
    },
    {
      key: 'scopes',
      label: t('orgKeys.scopes'),
      width: 210,
      from: 'lg',
      cell: (key) => (
        <Text fz="sm" c="dimmed" truncate title={key.scopes.join(', ')}>
          {key.scopes.includes('*') ? t('orgKeys.everything') : key.scopes.join(', ')}
        </Text>
      ),
    },
    {
      key: 'state',
      label: t('orgKeys.state'),
      width: 120,
      cell: (key) => {
        const state = stateOf(key, now)
        return <Badge tone={TONES[state]} text={t(`orgKeys.states.${state}`)} />
      },
    },
    {
      key: 'lastUsedAt',
      label: t('orgKeys.lastUsed'),
      width: 150,
      from: 'md',
      sortable: true,
      cell: (key) => (
        <>
          <Text fz="sm" c="dimmed" component="div">
            {key.lastUsedAt ? <TimeAgo at={key.lastUsedAt} /> : t('people.never')}
          </Text>
          {key.lastUsedIp && (
            <Text fz="xs" c="dimmed" truncate title={key.lastUsedIp}>
              {key.lastUsedIp}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'expiresAt',
      label: t('orgKeys.expires'),
      width: 170,
      from: 'lg',
      cell: (key) => (
        <Text fz="sm" c="dimmed" truncate>
          {key.expiresAt ? formatMoment(key.expiresAt, language) : t('orgKeys.neverExpires')}
        </Text>
      ),
    },
  ]
  return (
    <Stack gap="md">
      <Toolbar>
        <ToolbarSearch
          label={t('orgKeys.search')}
          value={search.q ?? ''}
          onChange={(q) => set({ q: q || undefined })}
        />
        <ToolbarFilter
          label={t('orgKeys.anyState')}
          options={STATES.map((value) => ({ value, label: t(`orgKeys.states.${value}`) }))}
          value={search.state}
          onChange={(state) => set({ state })}
        />
      </Toolbar>
      {query.isPending && <TableSkeleton />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && found.length === 0 && (
        <EmptyState
          icon={all.length > 0 ? IconFilterOff : IconKey}
          title={all.length > 0 ? t('people.noneFound') : t('orgKeys.none')}
          text={all.length > 0 ? t('orgKeys.noneFoundText') : t('orgKeys.noneText')}
          action={
            all.length > 0 && (
              <Button variant="default" onClick={() => onSearch({ sort: search.sort })}>
                {t('action.clearFilters')}
              </Button>
            )
          }
        />
      )}
      {found.length > 0 && (
        <DataTable
          label={t('nav.keys')}
          rows={found}
          columns={columns}
          id={(key) => key.id}
          sort={search.sort ?? '-createdAt'}
          onSort={(sort) => set({ sort: sort as KeysSort })}
          menu={
            canRevoke
              ? (key) =>
                  stateOf(key, now) === 'active' && (
                    <Tooltip label={t('orgKeys.revoke')}>
                      <ActionIcon
                        variant="subtle"
                        color="red"
                        size="lg"
                        aria-label={t('orgKeys.revokeOf', { name: key.name })}
                        onClick={() => void askRevoke(key)}
                      >
                        <IconKeyOff size={17} />
                      </ActionIcon>
                    </Tooltip>
                  )
              : undefined
          }
        />
      )}
      {all.length > 0 && (
        <TableFoot
          text={t('orgKeys.shown', { count: found.length })}
          hasMore={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      )}
    </Stack>
  )
}
