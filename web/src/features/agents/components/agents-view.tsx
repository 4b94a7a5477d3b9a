import { ActionIcon, Button, Group, Menu, Progress, Skeleton, Stack, Text, Tooltip } from '@mantine/core'
import {
  IconBox,
  IconBrandDocker,
  IconCheck,
  IconDots,
  IconHexagons,
  IconPlayerPause,
  IconPlayerPlay,
  IconServer2,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import type { Agent } from '@/api/types'
import { useConfirm } from '@/components/confirm'
import { useNotifyError } from '@/components/notify'
import { Badge } from '@/components/state-badge'
import { EmptyState, ErrorState } from '@/components/states'
import { TimeAgo } from '@/components/time-ago'
import { may } from '@/lib/authorization'
import { useLanguage } from '@/lib/format'

import { agentsQuery, useChangeAgent, type AgentChange } from '../api/agents'
import { agentLoad, type Load } from '../load'
import classes from './agents-view.module.css'

export function AgentsView({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation()
  const query = useQuery(agentsQuery())
  const canManage = may(useMe(), 'agents:manage')
  if (query.isPending) {
    return (
      <Stack gap="sm">
        {[0, 1].map((index) => (
          <Skeleton key={index} h={84} radius="lg" />
        ))}
      </Stack>
    )
  }
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.data.agents.length === 0) {
    return (
      <EmptyState
        icon={IconServer2}
        title={t('agents.none')}
        text={t('agents.noneText')}
        action={canManage && <Button onClick={onAdd}>{t('agents.add')}</Button>}
      />
    )
  }
  // Those that wait for a decision come first.
  const agents = query.data.agents.toSorted(
    (a, b) =>
      Number(b.approvalStatus === 'pending') - Number(a.approvalStatus === 'pending') ||
      a.agentId.localeCompare(b.agentId),
  )
  return (
    <ul className={classes.list}>
      {agents.map((agent) => (
        <AgentRow key={agent.agentId} agent={agent} canManage={canManage} />
      ))}
    </ul>
  )
}

const ICONS: Record<string, typeof IconServer2> = {
  process: IconBox,
  docker: IconBrandDocker,
  kubernetes: IconHexagons,
}

function AgentRow({ agent, canManage }: { agent: Agent; canManage: boolean }) {
  const { t } = useTranslation()
  const run = useAgentAction(agent)
  const Icon = ICONS[agent.platform] ?? IconServer2
  const load = agentLoad(agent)
  const pending = agent.approvalStatus === 'pending'
  return (
    <li className={classes.row}>
      <span className={classes.icon} aria-hidden>
        <Icon size={22} stroke={1.6} />
      </span>
      <div className={classes.who}>
        <Text fw={600} fz="sm" truncate title={agent.agentId}>
          {agent.agentId}
        </Text>
        <Group gap={10} wrap="nowrap" mt={2}>
          <AgentState agent={agent} />
          <Text fz="xs" c="dimmed" truncate>
            {[agent.platform, agent.region].filter(Boolean).join(' · ')}
          </Text>
        </Group>
        <Text fz="xs" c="dimmed" truncate mt={2}>
          {agent.lastHeartbeat ? (
            <>
              {t('agents.lastHeard')} <TimeAgo at={agent.lastHeartbeat} />
            </>
          ) : (
            t('agents.neverHeard')
          )}
        </Text>
      </div>
      {agent.approvalStatus === 'approved' && (
        <div className={classes.load}>
          <LoadBar label={t('agents.sessions')} load={load.sessions} />
          <LoadBar label={t('agents.cpu')} load={load.cpu} unit="percent" />
          <LoadBar label={t('agents.memory')} load={load.memory} unit="bytes" />
        </div>
      )}
      {canManage && (
        <Group gap={6} wrap="nowrap" className={classes.actions}>
          {pending && (
            <>
              <Button size="xs" leftSection={<IconCheck size={15} />} onClick={() => void run('approve')}>
                {t('agents.approve')}
              </Button>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconX size={15} />}
                onClick={() => void run('reject')}
              >
                {t('agents.reject')}
              </Button>
            </>
          )}
          <AgentMenu agent={agent} run={run} />
        </Group>
      )}
    </li>
  )
}

function AgentState({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  if (agent.approvalStatus === 'pending') return <Badge tone="warn" text={t('agents.waiting')} />
  if (agent.approvalStatus === 'rejected') return <Badge tone="bad" text={t('agents.rejected')} />
  const tone = { online: 'ok', draining: 'warn', offline: 'bad' }[agent.status]
  return <Badge tone={tone} text={t(`agents.status.${agent.status}`)} />
}

function AgentMenu({ agent, run }: { agent: Agent; run: (change: AgentChange) => Promise<void> }) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('agents.actionsOf', { name: agent.agentId })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {agent.approvalStatus === 'approved' &&
          (agent.status === 'draining' ? (
            <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => void run('undrain')}>
              {t('agents.undrain')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => void run('drain')}>
              {t('agents.drain')}
            </Menu.Item>
          ))}
        {agent.approvalStatus === 'rejected' && (
          <Menu.Item leftSection={<IconCheck size={16} />} onClick={() => void run('approve')}>
            {t('agents.approve')}
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => void run('remove')}>
          {t('agents.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function useAgentAction(agent: Agent) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const change = useChangeAgent()
  return async (what: AgentChange) => {
    if (what === 'remove') {
      const yes = await confirm({
        title: t('agents.removeTitle', { name: agent.agentId }),
        text: t('agents.removeText'),
        confirm: t('agents.remove'),
      })
      if (!yes) return
    }
    change.mutate({ agentId: agent.agentId, change: what }, { onError: notifyError })
  }
}

function LoadBar({ label, load, unit }: { label: string; load: Load | null; unit?: 'bytes' | 'percent' }) {
  const language = useLanguage()
  if (load === null) return null
  const show = (value: number) => value.toLocaleString(language, { maximumFractionDigits: 1 })
  const gib = (bytes: number) => show(bytes / 2 ** 30)
  const text = {
    count: `${show(load.used)} / ${show(load.of)}`,
    bytes: `${gib(load.used)} / ${gib(load.of)} GiB`,
    percent: `${show(Math.round(load.percent))} %`,
  }[unit ?? 'count']
  return (
    <Tooltip label={`${label}: ${text}`}>
      <div className={classes.bar}>
        <div className={classes.barText}>
          <span>{label}</span>
          <span className="tabular">{text}</span>
        </div>
        <Progress
          value={load.percent}
          size={5}
          color={load.percent > 90 ? 'red.7' : load.percent > 75 ? 'yellow.7' : 'iris.5'}
          aria-label={`${label}: ${text}`}
        />
      </div>
    </Tooltip>
  )
}
