import { ActionIcon, Button, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { IconChevronRight, IconFolders, IconSearch, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { BackLink } from '@/components/back-link'
import { EmptyState, ErrorState } from '@/components/states'
import { may } from '@/lib/authorization'

import { groupsQuery } from '../api/groups'
import { GROUP_ICONS } from '../icons'
import { buildTree, visibleRows, type Node } from '../tree'
import { GroupDetail } from './group-detail'
import classes from './groups-view.module.css'

interface Props {
  chosen: string | undefined
  onChoose: (id: string | undefined) => void
  onCreate: (parentId?: string) => void
}

/** The groups of the organisation as a tree, and beside it the one that is chosen. */
export function GroupsView({ chosen, onChoose, onCreate }: Props) {
  const { t } = useTranslation()
  const canCreate = may(useMe(), 'groups:create')
  const query = useQuery(groupsQuery())
  const [text, setText] = useState('')
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const groups = query.data
  if (query.isPending) {
    return (
      <div className={classes.panes}>
        <Skeleton h={360} radius="lg" />
        <Skeleton h={360} radius="lg" visibleFrom="md" />
      </div>
    )
  }
  if (!groups) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (groups.length === 0) {
    return (
      <EmptyState
        icon={IconUsersGroup}
        title={t('groups.none')}
        text={t('groups.noneText')}
        action={canCreate && <Button onClick={() => onCreate()}>{t('groups.create')}</Button>}
      />
    )
  }
  const rows = visibleRows(buildTree(groups), closed, text)
  const group = groups.find((one) => one.id === chosen)
  const toggle = (id: string) => {
    const next = new Set(closed)
    if (!next.delete(id)) next.add(id)
    setClosed(next)
  }
  return (
    <div className={classes.panes} data-chosen={chosen !== undefined || undefined}>
      <nav className={classes.tree} aria-label={t('nav.groups')}>
        <div className={classes.search}>
          <TextInput
            id="search"
            type="search"
            aria-label={t('groups.search')}
            placeholder={t('groups.search')}
            leftSection={<IconSearch size={16} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <ul className={classes.rows}>
          {rows.map((node) => (
            <TreeRow
              key={node.group.id}
              node={node}
              open={text !== '' || !closed.has(node.group.id)}
              chosen={node.group.id === chosen}
              onToggle={() => toggle(node.group.id)}
            />
          ))}
        </ul>
        {rows.length === 0 && (
          <Text c="dimmed" fz="sm" ta="center" pb="lg" px="md" role="status">
            {t('groups.noneFound', { text })}
          </Text>
        )}
      </nav>
      <div className={classes.detail}>
        {chosen !== undefined && (
          <div className={classes.toTree}>
            <BackLink to="/admin/groups" label={t('groups.all')} />
          </div>
        )}
        {group ? (
          <GroupDetail
            key={group.id}
            group={group}
            groups={groups}
            onCreate={onCreate}
            onGone={() => onChoose(group.parentId ?? undefined)}
          />
        ) : chosen === undefined ? (
          <EmptyState icon={IconFolders} title={t('groups.choose')} text={t('groups.chooseText')} />
        ) : (
          <EmptyState icon={IconFolders} title={t('groups.gone')} text={t('groups.goneText')} />
        )}
      </div>
    </div>
  )
}

function TreeRow({
  node: { group, depth, children },
  open,
  chosen,
  onToggle,
}: {
  node: Node
  open: boolean
  chosen: boolean
  onToggle: () => void
}) {
  const { t } = useTranslation()
  const Icon = GROUP_ICONS[group.type]
  return (
    <li>
      <Stack gap={0}>
        <div
          className={classes.row}
          data-chosen={chosen || undefined}
          style={{ '--depth': Math.min(depth, 8) } as React.CSSProperties}
        >
          {children.length > 0 ? (
            <ActionIcon
              className={classes.toggle}
              variant="subtle"
              color="gray"
              size="sm"
              aria-expanded={open}
              aria-label={
                open
                  ? t('groups.close', { name: group.displayName })
                  : t('groups.open', { name: group.displayName })
              }
              onClick={onToggle}
            >
              <IconChevronRight size={15} />
            </ActionIcon>
          ) : (
            <span className={classes.noToggle} />
          )}
          <Link
            to="/admin/groups"
            search={{ group: group.id }}
            className={classes.link}
            aria-current={chosen ? 'true' : undefined}
          >
            <Icon size={17} stroke={1.7} aria-hidden />
            <span className={classes.name} title={group.displayName}>
              {group.displayName}
            </span>
            <span className={`${classes.count} tabular`}>
              {t('groups.members', { count: group.memberCount })}
            </span>
          </Link>
        </div>
      </Stack>
    </li>
  )
}
