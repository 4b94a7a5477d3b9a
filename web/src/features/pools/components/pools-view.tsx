import { ActionIcon, Alert, Button, Group, Menu, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconDots, IconEdit, IconFlame, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { useConfirm } from '@/components/confirm'
import { DataTable, TableSkeleton, type Column } from '@/components/data-table'
import { notifyDone, useNotifyError } from '@/components/notify'
import { EmptyState, ErrorState } from '@/components/states'
import { may } from '@/lib/authorization'
import { useLanguage } from '@/lib/format'
import { formatBytes } from '@/lib/quantity'

import { formatAge, hitRate } from '../ages'
import { applicationsQuery, poolsQuery, useDeletePool, type Pool } from '../api/pools'
import { FillBar } from './fill-bar'
import { PoolDialog } from './pool-dialog'
import { ProblemText } from './problem-text'

/** Sessions that wait for their people: how many should, how many do, and whether it helped. */
export function PoolsView() {
  const { t } = useTranslation()
  const language = useLanguage()
  const me = useMe()
  const canManage = may(me, 'pools:manage')
  const query = useQuery(poolsQuery())
  const remove = useDeletePool()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const [editing, setEditing] = useState<Pool | 'new' | null>(null)
  const applications = useQuery(applicationsQuery()).data
  const nameOf = (pool: Pool) =>
    applications?.find((one) => one.name === pool.template)?.displayName ?? pool.template
  const pools = query.data?.pools ?? []
  const troubled = pools.flatMap((pool) => (pool.problem ? [{ ...pool, problem: pool.problem }] : []))
  const askRemove = async (pool: Pool) => {
    const yes = await confirm({
      title: t('pools.removeTitle', { name: nameOf(pool) }),
      text: t('pools.removeText'),
      confirm: t('pools.remove'),
    })
    if (!yes) return
    remove.mutate(pool.id, { onSuccess: () => notifyDone(t('pools.removed')), onError: notifyError })
  }
  const owner = (pool: Pool) => {
    if (pool.orgId === null) return t('pools.everybody')
    return pool.orgId === me.orgId ? me.organization.displayName : pool.orgId
  }
  const columns: Column<Pool>[] = [
    {
      key: 'template',
      label: t('pools.application'),
      cell: (pool) => (
        <>
          <Text fz="sm" fw={500} truncate title={pool.template}>
            {nameOf(pool)}
          </Text>
          <Text fz="xs" c="dimmed" truncate>
            {t('pools.owner', { name: owner(pool), machine: pool.agentId ?? t('pools.anyMachine') })}
          </Text>
        </>
      ),
    },
    {
      key: 'ready',
      label: t('pools.ready'),
      width: 150,
      cell: (pool) => (
        <>
          <FillBar label={t('pools.ready')} ready={pool.ready} size={pool.size} />
          {pool.starting > 0 && (
            <Text fz="xs" c="dimmed">
              {t('pools.starting', { count: pool.starting })}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'hits',
      label: t('pools.hits'),
      width: 170,
      from: 'sm',
      cell: (pool) => {
        const rate = hitRate(pool)
        return (
          <Text fz="sm" c="dimmed">
            {rate === null
              ? t('pools.nobodyYet')
              : t('pools.hitsOf', {
                  percent: Math.round(rate * 100),
                  count: pool.claimed24h + pool.missed24h,
                })}
          </Text>
        )
      },
    },
    {
      key: 'resources',
      label: t('pools.each'),
      width: 190,
      from: 'md',
      cell: (pool) => (
        <>
          <Text fz="sm" c="dimmed">{`${pool.resources.cpu} · ${pool.resources.memory}`}</Text>
          {pool.memoryBytes !== null && (
            <Text fz="xs" c="dimmed">
              {t('pools.uses', { size: formatBytes(pool.memoryBytes, language) })}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'age',
      label: t('pools.ageShort'),
      width: 120,
      from: 'lg',
      cell: (pool) => (
        <Text fz="sm" c="dimmed">
          {formatAge(pool.maxAgeSeconds, language)}
        </Text>
      ),
    },
  ]
  const add = canManage && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setEditing('new')}>
      {t('pools.new')}
    </Button>
  )
  return (
    <Stack gap="md">
      {pools.length > 0 && <Group justify="flex-end">{add}</Group>}
      {troubled.map((pool) => (
        <Alert
          key={pool.id}
          color="orange"
          icon={<IconAlertTriangle size={18} />}
          title={t('pools.notFull', { name: nameOf(pool) })}
        >
          <ProblemText problem={pool.problem} />
        </Alert>
      ))}
      {query.isPending && <TableSkeleton height={68} />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && pools.length === 0 && (
        <EmptyState icon={IconFlame} title={t('pools.none')} text={t('pools.noneText')} action={add} />
      )}
      {pools.length > 0 && (
        <DataTable
          label={t('nav.pools')}
          rows={pools}
          columns={columns}
          rowHeight={68}
          id={(pool) => pool.id}
          menu={
            canManage
              ? (pool) => (
                  <Menu position="bottom-end" withinPortal>
                    <Menu.Target>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        size="lg"
                        aria-label={t('pools.actionsOf', { name: nameOf(pool) })}
                      >
                        <IconDots size={17} />
                      </ActionIcon>
                    </Menu.Target>
                    <Menu.Dropdown>
                      <Menu.Item leftSection={<IconEdit size={16} />} onClick={() => setEditing(pool)}>
                        {t('pools.change')}
                      </Menu.Item>
                      <Menu.Item
                        color="red"
                        leftSection={<IconTrash size={16} />}
                        onClick={() => void askRemove(pool)}
                      >
                        {t('pools.remove')}
                      </Menu.Item>
                    </Menu.Dropdown>
                  </Menu>
                )
              : undefined
          }
        />
      )}
      {editing !== null && (
        <PoolDialog pool={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} />
      )}
    </Stack>
  )
}
