import { ActionIcon, Button, Stack, Text, Tooltip } from '@mantine/core'
import { IconEdit, IconFilterOff, IconGauge } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Quota } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { DataTable, TableSkeleton, type Column } from '@/components/data-table'
import { PersonLine } from '@/components/person'
import { StorageBar } from '@/components/quota-bars'
import { EmptyState, ErrorState } from '@/components/states'
import { TableFoot } from '@/components/table-foot'
import { Toolbar, ToolbarFilter, ToolbarSearch } from '@/components/toolbar'
import { UsageBar } from '@/components/usage-bar'
import { may } from '@/lib/authorization'
import { parseQuantity } from '@/lib/quantity'

import { quotasQuery } from '../api/quotas'
import { findQuotas, type QuotasSearch, type QuotasSort } from '../fullness'
import { EditQuota } from './edit-quota'

interface Props {
  search: QuotasSearch
  onSearch: (search: QuotasSearch) => void
}

/** What everybody uses of what they may. */
export function QuotasView({ search, onSearch }: Props) {
  const { t } = useTranslation()
  const canSet = may(useMe(), 'quotas:manage')
  const query = useInfiniteQuery(quotasQuery())
  const [editing, setEditing] = useState<Quota | null>(null)
  const all = query.data?.pages.flatMap((page) => page.quotas) ?? []
  const found = findQuotas(all, search)
  const set = (change: QuotasSearch) => onSearch({ ...search, ...change })
  const columns: Column<Quota>[] = [
    {
      key: 'username',
      label: t('people.person'),
      sortable: true,
      cell: (quota) => (
        <PersonLine
          id={quota.userId ?? undefined}
          username={quota.username ?? ''}
          fullName={quota.name}
          text={quota.inherited ? t('quotas.byDefault') : t('quotas.ownShort')}
        />
      ),
    },
    {
      key: 'sessions',
      label: t('quotas.sessions'),
      width: 124,
      sortable: true,
      cell: (quota) => (
        <UsageBar
          hideLabel
          label={t('quotas.sessions')}
          used={quota.usedSessions ?? 0}
          max={quota.maxSessions ?? null}
        />
      ),
    },
    {
      key: 'cpu',
      label: t('quotas.cpu'),
      width: 160,
      from: 'sm',
      cell: (quota) => (
        <UsageBar
          hideLabel
          label={t('quotas.cpu')}
          used={parseQuantity(quota.usedCpu) ?? 0}
          max={parseQuantity(quota.maxCpu)}
          format="cpu"
        />
      ),
    },
    {
      key: 'memory',
      label: t('quotas.memory'),
      width: 190,
      from: 'md',
      cell: (quota) => (
        <UsageBar
          hideLabel
          label={t('quotas.memory')}
          used={parseQuantity(quota.usedMemory) ?? 0}
          max={parseQuantity(quota.maxMemory)}
          format="bytes"
        />
      ),
    },
    {
      key: 'storage',
      label: t('quotas.storage'),
      width: 190,
      sortable: true,
      from: 'lg',
      cell: (quota) => <StorageBar hideLabel label={t('quotas.storage')} quota={quota} />,
    },
  ]
  return (
    <Stack gap="md">
      <Toolbar>
        <ToolbarSearch
          label={t('people.search')}
          value={search.q ?? ''}
          onChange={(q) => set({ q: q || undefined })}
        />
        <ToolbarFilter
          label={t('quotas.everybody')}
          options={[
            { value: 'near', label: t('quotas.near') },
            { value: 'own', label: t('quotas.ownShort') },
          ]}
          value={search.show}
          onChange={(show) => set({ show })}
        />
      </Toolbar>
      {query.isPending && <TableSkeleton height={68} />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && found.length === 0 && (
        <EmptyState
          icon={all.length > 0 ? IconFilterOff : IconGauge}
          title={all.length > 0 ? t('people.noneFound') : t('quotas.none')}
          text={all.length > 0 ? t('people.noneFoundText') : t('quotas.noneText')}
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
          label={t('nav.quotas')}
          rows={found}
          columns={columns}
          rowHeight={68}
          id={(quota) => quota.userId ?? quota.username ?? ''}
          sort={search.sort ?? '-fullness'}
          onSort={(sort) => set({ sort: sort === '-fullness' ? undefined : (sort as QuotasSort) })}
          menu={
            canSet
              ? (quota) => (
                  <Tooltip label={t('quotas.edit')}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="lg"
                      aria-label={t('quotas.editOf', { name: quota.username ?? '' })}
                      onClick={() => setEditing(quota)}
                    >
                      <IconEdit size={17} />
                    </ActionIcon>
                  </Tooltip>
                )
              : undefined
          }
        />
      )}
      {all.length > 0 && (
        <TableFoot
          text={t('people.shown', { count: found.length, shown: found.length })}
          hasMore={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      )}
      {canSet && all.length > 0 && (
        <Text fz="xs" c="dimmed">
          {t('quotas.restrictive')}
        </Text>
      )}
      {editing && <EditQuota quota={editing} onClose={() => setEditing(null)} />}
    </Stack>
  )
}
