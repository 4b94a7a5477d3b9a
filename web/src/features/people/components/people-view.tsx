import { ActionIcon, Button, Menu, Stack, Text } from '@mantine/core'
import {
  IconDots,
  IconFilterOff,
  IconUser,
  IconUserCheck,
  IconUserOff,
  IconUsers,
  IconUsersPlus,
  IconX,
} from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ORG_ROLES, ROLES, type Person } from '@/api/admin-types'
import { useMe } from '@/api/me'
import { BulkBar, DataTable, TableSkeleton, type Column } from '@/components/data-table'
import { PersonLine } from '@/components/person'
import { EmptyState, ErrorState } from '@/components/states'
import { TableFoot } from '@/components/table-foot'
import { TimeAgo } from '@/components/time-ago'
import { Toolbar, ToolbarFilter, ToolbarSearch } from '@/components/toolbar'
import { may } from '@/lib/authorization'

import { peopleQuery } from '../api/people'
import { isFiltered, PROVIDERS, type PeopleSearch, type PeopleSort } from '../table'
import { AddToGroupDialog } from './add-to-group-dialog'
import { PersonState } from './person-badge'
import { useActivation } from './use-activation'

interface Props {
  search: PeopleSearch
  onSearch: (search: PeopleSearch) => void
  onCreate: () => void
}

export function PeopleView({ search, onSearch, onCreate }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const canManage = may(me, 'people:manage')
  const activate = useActivation()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [adding, setAdding] = useState<Person[] | null>(null)
  const query = useInfiniteQuery(peopleQuery(search))
  const people = query.data?.pages.flatMap((page) => page.users) ?? []
  const total = query.data?.pages[0]?.total ?? people.length
  const selection = people.filter((one) => picked.has(one.id))
  const set = (change: PeopleSearch) => {
    setPicked(new Set())
    onSearch({ ...search, ...change })
  }
  const bulk = async (active: boolean) => {
    if (await activate(selection, active)) setPicked(new Set())
  }

  const columns: Column<Person>[] = [
    {
      key: 'username',
      label: t('people.person'),
      sortable: true,
      cell: (person) => (
        <PersonLine
          id={person.id}
          username={person.username}
          fullName={person.fullName}
          text={[!person.active && t('people.deactivated'), person.username, person.email]
            .filter(Boolean)
            .join(' · ')}
        />
      ),
    },
    {
      key: 'role',
      label: t('people.role'),
      width: 170,
      from: 'md',
      cell: (person) => (
        <>
          <Text fz="sm" truncate>
            {t(`orgRole.${person.orgRole}`)}
          </Text>
          {person.role !== 'user' && (
            <Text fz="xs" c="dimmed" truncate>
              {t('people.platformRole', { role: t(`role.${person.role}`) })}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'provider',
      label: t('people.provider'),
      width: 120,
      from: 'lg',
      cell: (person) => (
        <Text fz="sm" c="dimmed">
          {t(`people.providers.${person.provider}`)}
        </Text>
      ),
    },
    {
      key: 'active',
      label: t('people.state'),
      width: 130,
      from: 'sm',
      cell: (person) => <PersonState person={person} />,
    },
    {
      key: 'lastLogin',
      label: t('people.lastLogin'),
      width: 150,
      from: 'lg',
      sortable: 'newest first',
      cell: (person) => (
        <Text fz="sm" c="dimmed" component="span">
          {person.lastLogin ? <TimeAgo at={person.lastLogin} /> : t('people.never')}
        </Text>
      ),
    },
    {
      key: 'createdAt',
      label: t('people.created'),
      width: 140,
      from: 'lg',
      sortable: 'newest first',
      cell: (person) => (
        <Text fz="sm" c="dimmed" component="span">
          <TimeAgo at={person.createdAt} />
        </Text>
      ),
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
          label={t('people.anyOrgRole')}
          options={ORG_ROLES.map((value) => ({ value, label: t(`orgRole.${value}`) }))}
          value={search.orgRole}
          onChange={(orgRole) => set({ orgRole })}
        />
        <ToolbarFilter
          label={t('people.anyRole')}
          options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          value={search.role}
          onChange={(role) => set({ role })}
        />
        <ToolbarFilter
          label={t('people.anyState')}
          options={[
            { value: 'true', label: t('people.active') },
            { value: 'false', label: t('people.deactivated') },
          ]}
          value={search.active === undefined ? undefined : search.active ? 'true' : 'false'}
          onChange={(value) => set({ active: value === undefined ? undefined : value === 'true' })}
        />
        <ToolbarFilter
          label={t('people.anyProvider')}
          options={PROVIDERS.map((value) => ({ value, label: t(`people.providers.${value}`) }))}
          value={search.provider}
          onChange={(provider) => set({ provider })}
        />
      </Toolbar>

      {query.isPending && <TableSkeleton />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && people.length === 0 && (
        <EmptyState
          icon={isFiltered(search) ? IconFilterOff : IconUsers}
          title={isFiltered(search) ? t('people.noneFound') : t('people.none')}
          text={isFiltered(search) ? t('people.noneFoundText') : t('people.noneText')}
          action={
            isFiltered(search) ? (
              <Button variant="default" onClick={() => onSearch({ sort: search.sort })}>
                {t('action.clearFilters')}
              </Button>
            ) : (
              canManage && <Button onClick={onCreate}>{t('people.create')}</Button>
            )
          }
        />
      )}
      {people.length > 0 && (
        <DataTable
          label={t('nav.people')}
          rows={people}
          columns={columns}
          id={(person) => person.id}
          nameOf={(person) => person.fullName || person.username}
          sort={search.sort ?? 'username'}
          onSort={(sort) => set({ sort: sort === 'username' ? undefined : (sort as PeopleSort) })}
          selected={canManage ? new Set(selection.map((one) => one.id)) : undefined}
          onSelect={canManage ? setPicked : undefined}
          menu={(person) => (
            <PersonMenu person={person} canManage={canManage} onAddToGroup={() => setAdding([person])} />
          )}
        />
      )}
      {people.length > 0 && (
        <TableFoot
          text={t('people.shown', { count: total, shown: people.length })}
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
            leftSection={<IconUsersPlus size={16} />}
            onClick={() => setAdding(selection)}
          >
            {t('people.addToGroup')}
          </Button>
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconUserCheck size={16} />}
            disabled={selection.every((one) => one.active)}
            onClick={() => void bulk(true)}
          >
            {t('people.activate')}
          </Button>
          <Button
            size="compact-md"
            color="red.8"
            leftSection={<IconUserOff size={16} />}
            disabled={selection.every((one) => !one.active)}
            onClick={() => void bulk(false)}
          >
            {t('people.deactivate')}
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
      {adding && (
        <AddToGroupDialog
          people={adding}
          onClose={() => setAdding(null)}
          onDone={() => {
            setAdding(null)
            setPicked(new Set())
          }}
        />
      )}
    </Stack>
  )
}

function PersonMenu({
  person,
  canManage,
  onAddToGroup,
}: {
  person: Person
  canManage: boolean
  onAddToGroup: () => void
}) {
  const { t } = useTranslation()
  const activate = useActivation()
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('session.actionsOf', { name: person.username })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconUser size={16} />}
          renderRoot={(props) => <Link to="/admin/people/$id" params={{ id: person.id }} {...props} />}
        >
          {t('action.open')}
        </Menu.Item>
        {canManage && (
          <>
            <Menu.Item leftSection={<IconUsersPlus size={16} />} onClick={onAddToGroup}>
              {t('people.addToGroup')}
            </Menu.Item>
            {person.active ? (
              <Menu.Item
                color="red"
                leftSection={<IconUserOff size={16} />}
                onClick={() => void activate([person], false)}
              >
                {t('people.deactivate')}
              </Menu.Item>
            ) : (
              <Menu.Item
                leftSection={<IconUserCheck size={16} />}
                onClick={() => void activate([person], true)}
              >
                {t('people.activate')}
              </Menu.Item>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
