import { Button, Stack, Text } from '@mantine/core'
import { IconBuilding, IconFilterOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { DataTable, TableSkeleton, type Column } from '@/components/data-table'
import { EmptyState, ErrorState } from '@/components/states'
import { TableFoot } from '@/components/table-foot'
import { TimeAgo } from '@/components/time-ago'
import { Toolbar, ToolbarFilter, ToolbarSearch } from '@/components/toolbar'
import { useLanguage } from '@/lib/format'

import { organizationsQuery, type Organization } from '../api/organizations'
import { findOrganizations, STATUSES, type OrganizationsSearch, type OrganizationsSort } from '../table'
import { OrganizationState } from './organization-state'
import classes from './organizations-view.module.css'

interface Props {
  search: OrganizationsSearch
  onSearch: (search: OrganizationsSearch) => void
  onCreate?: () => void
}

export function OrganizationsView({ search, onSearch, onCreate }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useInfiniteQuery(organizationsQuery())
  const all = query.data?.pages.flatMap((page) => page.organizations) ?? []
  const found = findOrganizations(all, search)
  const set = (change: OrganizationsSearch) => onSearch({ ...search, ...change })
  const columns: Column<Organization>[] = [
    {
      key: 'displayName',
      label: t('organizations.name'),
      sortable: true,
      cell: (one) => (
        <>
          <Link
            to="/admin/organizations/$id"
            params={{ id: one.id }}
            className={classes.name}
            title={one.displayName}
          >
            {one.displayName}
          </Link>
          <Text fz="xs" c="dimmed" truncate>
            {one.name}
          </Text>
        </>
      ),
    },
    {
      key: 'status',
      label: t('organizations.state'),
      width: 140,
      cell: (one) => <OrganizationState status={one.status} />,
    },
    {
      key: 'memberCount',
      label: t('organizations.people'),
      width: 110,
      from: 'sm',
      sortable: true,
      cell: (one) => (
        <Text fz="sm" className="tabular">
          {one.memberCount.toLocaleString(language)}
        </Text>
      ),
    },
    {
      key: 'requireMfa',
      label: t('organizations.secondFactor'),
      width: 150,
      from: 'md',
      cell: (one) => (
        <Text fz="sm" c="dimmed">
          {one.requireMfa ? t('organizations.mfaRequired') : t('organizations.mfaOptional')}
        </Text>
      ),
    },
    {
      key: 'namespace',
      label: t('organizations.namespace'),
      width: 170,
      from: 'lg',
      cell: (one) => (
        <Text fz="sm" c="dimmed" truncate title={one.k8sNamespace}>
          {one.k8sNamespace}
        </Text>
      ),
    },
    {
      key: 'createdAt',
      label: t('people.created'),
      width: 140,
      from: 'md',
      sortable: true,
      cell: (one) => (
        <Text fz="sm" c="dimmed" component="span">
          <TimeAgo at={one.createdAt} />
        </Text>
      ),
    },
  ]
  return (
    <Stack gap="md">
      <Toolbar>
        <ToolbarSearch
          label={t('organizations.search')}
          value={search.q ?? ''}
          onChange={(q) => set({ q: q || undefined })}
        />
        <ToolbarFilter
          label={t('organizations.anyState')}
          options={STATUSES.map((value) => ({ value, label: t(`organizations.status.${value}`) }))}
          value={search.status}
          onChange={(status) => set({ status })}
        />
      </Toolbar>
      {query.isPending && <TableSkeleton />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && all.length === 0 && (
        <EmptyState
          icon={IconBuilding}
          title={t('organizations.none')}
          text={t('organizations.noneText')}
          action={onCreate && <Button onClick={onCreate}>{t('organizations.create')}</Button>}
        />
      )}
      {all.length > 0 && found.length === 0 && (
        <EmptyState
          icon={IconFilterOff}
          title={t('people.noneFound')}
          text={t('organizations.noneFoundText')}
          action={
            <Button variant="default" onClick={() => onSearch({ sort: search.sort })}>
              {t('action.clearFilters')}
            </Button>
          }
        />
      )}
      {found.length > 0 && (
        <DataTable
          label={t('nav.organizations')}
          rows={found}
          columns={columns}
          id={(one) => one.id}
          sort={search.sort ?? 'displayName'}
          onSort={(sort) => set({ sort: sort === 'displayName' ? undefined : (sort as OrganizationsSort) })}
        />
      )}
      {all.length > 0 && (
        <TableFoot
          text={t('organizations.shown', { count: found.length })}
          hasMore={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      )}
    </Stack>
  )
}
