import { Button, Stack, Text } from '@mantine/core'
import {
  IconCheck,
  IconDroplet,
  IconDropletOff,
  IconFilterOff,
  IconLock,
  IconLockOpen,
  IconServer2,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import type { Agent } from '@/api/types'
import { BulkBar, DataTable, TableSkeleton } from '@/components/data-table'
import { EmptyState, ErrorState } from '@/components/states'
import { TableFoot } from '@/components/table-foot'
import { Toolbar, ToolbarFilter, ToolbarSearch } from '@/components/toolbar'
import { may } from '@/lib/authorization'

import { agentsQuery } from '../api/agents'
import { STATES } from '../state'
import { isFiltered, PLATFORMS, type AgentsSearch, type AgentSort } from '../search'
import { regionsOf, shownAgents } from '../table'
import { AgentMenu } from './agent-menu'
import { DrainDialog } from './drain-dialog'
import { EditDialog } from './edit-dialog'
import { FleetSummary } from './fleet-summary'
import { fleetColumns } from './fleet-columns'
import { useAgentActions } from './use-agent-actions'

interface Props {
  search: AgentsSearch
  onSearch: (search: AgentsSearch) => void
  onAdd: () => void
}

export function FleetView({ search, onSearch, onAdd }: Props) {
  const { t } = useTranslation()
  const canManage = may(useMe(), 'agents:manage')
  const query = useQuery(agentsQuery())
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [editing, setEditing] = useState<string | null>(null)
  const [draining, setDraining] = useState<readonly string[]>([])
  const all = query.data?.agents ?? []
  const agents = shownAgents(all, search)
  const selection = agents.filter((one) => picked.has(one.agentId))
  const named = (ids: readonly string[]) => all.filter((one) => ids.includes(one.agentId))
  const edited = editing === null ? undefined : all.find((one) => one.agentId === editing)
  const set = (change: AgentsSearch) => {
    setPicked(new Set())
    onSearch({ ...search, ...change })
  }

  if (query.isPending) return <TableSkeleton height={64} />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (all.length === 0) {
    return (
      <EmptyState
        icon={IconServer2}
        title={t('agents.none')}
        text={t('agents.noneText')}
        action={canManage && <Button onClick={onAdd}>{t('agents.add')}</Button>}
      />
    )
  }
  return (
    <Stack gap="md">
      <FleetSummary agents={all} onState={(state) => set({ state })} />
      <Toolbar>
        <ToolbarSearch
          label={t('agents.search')}
          value={search.q ?? ''}
          onChange={(q) => set({ q: q || undefined })}
        />
        <ToolbarFilter
          label={t('agents.anyState')}
          options={STATES.map((value) => ({ value, label: t(`agents.states.${value}`) }))}
          value={search.state}
          onChange={(state) => set({ state })}
        />
        <ToolbarFilter
          label={t('agents.anyPlatform')}
          options={PLATFORMS.map((value) => ({ value, label: value }))}
          value={search.platform}
          onChange={(platform) => set({ platform })}
        />
        {regionsOf(all).length > 0 && (
          <ToolbarFilter
            label={t('agents.anyRegion')}
            options={regionsOf(all).map((value) => ({ value, label: value }))}
            value={search.region}
            onChange={(region) => set({ region })}
          />
        )}
      </Toolbar>
      {agents.length === 0 ? (
        <EmptyState
          icon={IconFilterOff}
          title={t('agents.noneFound')}
          text={t('agents.noneFoundText')}
          action={
            isFiltered(search) && (
              <Button variant="default" onClick={() => onSearch({ sort: search.sort })}>
                {t('action.clearFilters')}
              </Button>
            )
          }
        />
      ) : (
        <>
          <DataTable
            label={t('nav.agents')}
            rows={agents}
            columns={fleetColumns(t)}
            id={(agent) => agent.agentId}
            nameOf={(agent) => agent.agentId}
            rowHeight={64}
            sort={search.sort}
            onSort={(sort) => set({ sort: sort as AgentSort })}
            selected={canManage ? new Set(selection.map((one) => one.agentId)) : undefined}
            onSelect={canManage ? setPicked : undefined}
            menu={(agent) => (
              <AgentMenu
                agent={agent}
                canManage={canManage}
                onEdit={() => setEditing(agent.agentId)}
                onDrain={() => setDraining([agent.agentId])}
              />
            )}
          />
          <TableFoot text={t('agents.shown', { count: all.length, shown: agents.length })} />
        </>
      )}
      {selection.length > 0 && (
        <Bulk
          agents={selection}
          onDrain={() => setDraining(selection.map((one) => one.agentId))}
          onClear={() => setPicked(new Set())}
        />
      )}
      {edited && <EditDialog key={edited.agentId} agent={edited} onClose={() => setEditing(null)} />}
      {draining.length > 0 && (
        <DrainDialog
          agents={named(draining)}
          onClose={() => {
            setDraining([])
            setPicked(new Set())
          }}
        />
      )}
    </Stack>
  )
}

function Bulk({ agents, onDrain, onClear }: { agents: Agent[]; onDrain: () => void; onClear: () => void }) {
  const { t } = useTranslation()
  const { plain } = useAgentActions()
  const approved = agents.filter((one) => one.approvalStatus === 'approved')
  const waiting = agents.filter((one) => one.approvalStatus !== 'approved')
  const open = approved.filter((one) => !one.cordoned)
  const shut = approved.filter((one) => one.cordoned)
  const draining = approved.filter((one) => one.draining)
  const run = async (chosen: Agent[], what: Parameters<typeof plain>[1]) => {
    if (await plain(chosen, what)) onClear()
  }
  return (
    <BulkBar label={t('sessions.selection')}>
      <Text fz="sm" fw={500} className="tabular">
        {t('sessions.selected', { count: agents.length })}
      </Text>
      {waiting.length > 0 && (
        <Button
          size="compact-md"
          leftSection={<IconCheck size={16} />}
          onClick={() => void run(waiting, 'approve')}
        >
          {t('agents.approve')}
        </Button>
      )}
      {open.length > 0 && (
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconLock size={16} />}
          onClick={() => void run(open, 'cordon')}
        >
          {t('agents.cordon')}
        </Button>
      )}
      {shut.length > 0 && (
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconLockOpen size={16} />}
          onClick={() => void run(shut, 'uncordon')}
        >
          {t('agents.uncordon')}
        </Button>
      )}
      {approved.length > draining.length && (
        <Button size="compact-md" variant="default" leftSection={<IconDroplet size={16} />} onClick={onDrain}>
          {t('agents.drainDots')}
        </Button>
      )}
      {draining.length > 0 && (
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconDropletOff size={16} />}
          onClick={() => void run(draining, 'undrain')}
        >
          {t('agents.undrain')}
        </Button>
      )}
      <Button
        size="compact-md"
        color="red.8"
        leftSection={<IconTrash size={16} />}
        onClick={() => void run(agents, 'remove')}
      >
        {t('agents.remove')}
      </Button>
      <Button
        size="compact-md"
        variant="subtle"
        color="gray"
        leftSection={<IconX size={16} />}
        onClick={onClear}
      >
        {t('action.clear')}
      </Button>
    </BulkBar>
  )
}
