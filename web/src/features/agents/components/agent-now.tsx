import { Alert, Progress, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'
import { useReasonText } from '@/components/reason-text'
import { Section } from '@/components/section'

import { agentLoad, reservedLoad } from '../load'
import { drainingOf } from '../state'
import classes from './agent-now.module.css'
import { LoadBar } from './load-bar'

/** Whether it takes sessions, why not, and how full it is: what is used, and what is promised. */
export function AgentNow({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const load = agentLoad(agent)
  const reserved = reservedLoad(agent)
  const starts = agent.standing?.starts
  const asleep = agent.standing?.asleep ?? 0
  const nothing = !load.sessions && !load.cpu && !load.memory && !load.disk
  return (
    <Section title={t('agents.now')}>
      <Stack gap="md">
        <Takes agent={agent} />
        <DrainProgress agent={agent} />
        {nothing ? (
          <Text fz="sm" c="dimmed">
            {t('agents.saysNothing')}
          </Text>
        ) : (
          <div className={classes.loads}>
            <LoadBar label={t('agents.sessions')} load={load.sessions} />
            <LoadBar label={t('agents.cpu')} load={load.cpu} unit="percent" />
            <LoadBar label={t('agents.memory')} load={load.memory} unit="bytes" />
            <LoadBar label={t('agents.disk')} load={load.disk} unit="bytes" />
          </div>
        )}
        {reserved && (reserved.sessions ?? reserved.cpu ?? reserved.memory) && (
          <div>
            <Text fz="xs" c="dimmed" mb={8}>
              {t('agents.reserved')}
            </Text>
            <div className={classes.loads}>
              <LoadBar label={t('agents.places')} load={reserved.sessions} />
              <LoadBar label={t('agents.cores')} load={reserved.cpu} unit="cores" />
              <LoadBar label={t('agents.memory')} load={reserved.memory} unit="bytes" />
            </div>
          </div>
        )}
        {starts && (
          <Text fz="sm" c="dimmed" className="tabular">
            {t('agents.startsText', {
              underWay: starts.underWay,
              waiting: starts.waiting,
              atOnce: starts.atOnce,
            })}
            {asleep > 0 && ` ${t('agents.asleep', { count: asleep })}`}
          </Text>
        )}
      </Stack>
    </Section>
  )
}

function Takes({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const standing = agent.standing
  if (!standing) return null
  if (standing.takesSessions) {
    return (
      <Text fz="sm" className={classes.takes}>
        <IconCircleCheck size={18} aria-hidden className={classes.good} />
        {t('agents.takes')}
      </Text>
    )
  }
  return (
    <Alert
      color="yellow"
      icon={<IconAlertTriangle size={18} />}
      title={t('agents.takesNot')}
      classNames={{ label: classes.title }}
    >
      <ul className={classes.reasons}>
        {standing.reasons.map((reason) => (
          <li key={reason.code}>{reasonText(reason)}</li>
        ))}
      </ul>
    </Alert>
  )
}

function DrainProgress({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const draining = drainingOf(agent)
  if (!draining) return null
  const text =
    draining.left === 0
      ? t('agents.drainedText')
      : t(agent.evict === 'hibernate' ? 'agents.drainEvicting' : 'agents.drainWaiting', {
          count: draining.left,
          from: draining.from,
        })
  return (
    <div role="status">
      <Text fz="sm" mb={6}>
        {text}
      </Text>
      <Progress value={draining.percent} size={6} aria-label={text} />
    </div>
  )
}
