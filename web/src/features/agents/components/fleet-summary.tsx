import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'

import { agentLoad, loadOf, mostSessions } from '../load'
import { stateOf, type AgentState } from '../state'
import classes from './fleet-summary.module.css'
import { LoadBar } from './load-bar'

interface Props {
  agents: Agent[]
  onState: (state: AgentState) => void
}

/** The fleet in one line: how full all that work are together, and who needs somebody. */
export function FleetSummary({ agents, onState }: Props) {
  const { t } = useTranslation()
  const count = (state: AgentState) => agents.filter((one) => stateOf(one) === state).length
  const there = agents.filter((one) => one.connected && one.approvalStatus === 'approved')
  const sum = (value: (agent: Agent) => number) => there.reduce((all, one) => all + value(one), 0)
  const sessions = loadOf(
    sum((one) => one.activeSessions ?? 0),
    sum((one) => mostSessions(one) ?? 0),
  )
  const memory = loadOf(
    sum((one) => agentLoad(one).memory?.used ?? 0),
    sum((one) => agentLoad(one).memory?.of ?? 0),
  )
  const measured = there.filter((one) => agentLoad(one).cpu !== null)
  const cpu = loadOf(
    measured.reduce((all, one) => all + (agentLoad(one).cpu?.percent ?? 0), 0),
    measured.length * 100,
  )
  const waiting = sum((one) => one.standing?.starts.waiting ?? 0)
  const needy = (['pending', 'offline', 'draining', 'cordoned'] as const).filter((state) => count(state) > 0)
  return (
    <section className={classes.summary} aria-label={t('agents.summary')}>
      <div className={classes.counts}>
        <span className={classes.count}>
          <b className="tabular">{count('online')}</b> {t('agents.states.online')}
        </span>
        {needy.map((state) => (
          <UnstyledButton
            key={state}
            className={classes.count}
            data-needy={state}
            onClick={() => onState(state)}
          >
            <b className="tabular">{count(state)}</b> {t(`agents.states.${state}`)}
          </UnstyledButton>
        ))}
        {waiting > 0 && (
          <span className={classes.count}>
            <b className="tabular">{waiting}</b> {t('agents.startsWait')}
          </span>
        )}
      </div>
      <div className={classes.load}>
        <LoadBar label={t('agents.sessions')} load={sessions} />
        <LoadBar label={t('agents.cpu')} load={cpu} unit="percent" />
        <LoadBar label={t('agents.memory')} load={memory} unit="bytes" />
      </div>
    </section>
  )
}
