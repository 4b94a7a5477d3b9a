import { Anchor, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'
import type { Column } from '@/components/data-table'

import { agentLoad, reservedLoad } from '../load'
import { drainingOf } from '../state'
import { AgentBadge, AgentIcon, Labels } from './agent-badge'
import classes from './fleet-columns.module.css'
import { Heard } from './heard'
import { LoadBar } from './load-bar'

/** What the fleet's table shows of each agent. */
export function fleetColumns(t: TFunction): Column<Agent>[] {
  return [
    { key: 'name', label: t('agents.machine'), sortable: true, cell: (agent) => <Name agent={agent} /> },
    {
      key: 'state',
      label: t('agents.state'),
      width: 158,
      from: 'sm',
      sortable: true,
      cell: (agent) => <State agent={agent} />,
    },
    {
      key: 'sessions',
      label: t('agents.sessions'),
      width: 104,
      from: 'md',
      sortable: 'newest first',
      cell: (agent) => (
        <LoadBar
          bare
          label={t('agents.sessions')}
          load={agentLoad(agent).sessions}
          reserved={reservedLoad(agent)?.sessions}
        />
      ),
    },
    {
      key: 'cpu',
      label: t('agents.cpu'),
      width: 76,
      from: 'lg',
      sortable: 'newest first',
      cell: (agent) => (
        <LoadBar
          bare
          label={t('agents.cpu')}
          load={agentLoad(agent).cpu}
          reserved={reservedLoad(agent)?.cpu}
          unit="percent"
        />
      ),
    },
    {
      key: 'memory',
      label: t('agents.memory'),
      width: 84,
      from: 'lg',
      sortable: 'newest first',
      cell: (agent) => (
        <LoadBar
          bare
          label={t('agents.memory')}
          load={agentLoad(agent).memory}
          reserved={reservedLoad(agent)?.memory}
          unit="bytes"
        />
      ),
    },
    {
      key: 'starts',
      label: t('agents.starts'),
      width: 106,
      from: 'lg',
      cell: (agent) => <Starts agent={agent} />,
    },
    {
      key: 'heard',
      label: t('agents.lastHeard'),
      width: 112,
      from: 'md',
      sortable: 'newest first',
      cell: (agent) => (
        <Text fz="sm" c="dimmed" component="span">
          <Heard agent={agent} />
        </Text>
      ),
    },
  ]
}

function Name({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const about = [
    agent.platform,
    agent.region,
    agent.version && t('agents.versionOf', { version: agent.version }),
  ]
  return (
    <Group gap={12} wrap="nowrap">
      <AgentIcon agent={agent} />
      <div className={classes.words}>
        <Anchor
          fz="sm"
          fw={500}
          c="var(--mantine-color-text)"
          display="block"
          truncate
          title={agent.agentId}
          renderRoot={(props) => <Link to="/admin/agents/$id" params={{ id: agent.agentId }} {...props} />}
        >
          {agent.agentId}
        </Anchor>
        <div className={classes.about}>
          <span className={classes.badge}>
            <AgentBadge agent={agent} />
          </span>
          <Text component="span" fz="xs" c="dimmed" truncate>
            {about.filter(Boolean).join(' · ')}
          </Text>
          <span className={classes.labels}>
            <Labels labels={agent.labels ?? {}} most={2} />
          </span>
        </div>
      </div>
    </Group>
  )
}

function State({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const draining = drainingOf(agent)
  return (
    <>
      <AgentBadge agent={agent} />
      {draining && (
        <Text fz="xs" c="dimmed" className="tabular">
          {draining.left === 0 ? t('agents.drained') : t('agents.drainLeft', { count: draining.left })}
        </Text>
      )}
    </>
  )
}

function Starts({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const starts = agent.standing?.starts
  if (!starts || starts.underWay + starts.waiting === 0) {
    return (
      <Text fz="sm" c="dimmed" component="span">
        –
      </Text>
    )
  }
  return (
    <Text fz="sm" component="span" className="tabular">
      {t('agents.underWay', { count: starts.underWay })}
      {starts.waiting > 0 && (
        <Text fz="xs" c="dimmed" display="block" component="span">
          {t('agents.waitingStarts', { count: starts.waiting })}
        </Text>
      )}
    </Text>
  )
}
