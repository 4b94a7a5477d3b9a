import { useTranslation } from 'react-i18next'

import type { Agent } from '@/api/types'
import { useConfirm, type Question } from '@/components/confirm'
import { notifyDone, useNotifyError } from '@/components/notify'
import { notifyUndo } from '@/components/notify-undo'

import { useChangeAgent, type AgentChange, type AgentPatch } from '../api/agents'

type Plain = 'approve' | 'reject' | 'undrain' | 'cordon' | 'uncordon' | 'rotate-key' | 'revoke-key' | 'remove'

/** What takes a change back, where something does. */
function inverse(agent: Agent, change: AgentChange): AgentChange | null {
  switch (change.what) {
    case 'cordon':
      return { what: 'uncordon' }
    case 'uncordon':
      return { what: 'cordon' }
    case 'drain':
      return agent.draining ? { what: 'drain', evict: agent.evict === 'hibernate' } : { what: 'undrain' }
    case 'undrain':
      return { what: 'drain', evict: agent.evict === 'hibernate' }
    case 'update':
      return { what: 'update', patch: before(agent, change.patch) }
    default:
      return null
  }
}

function before(agent: Agent, patch: AgentPatch): AgentPatch {
  const was: Required<AgentPatch> = {
    region: agent.region ?? null,
    labels: agent.labels ?? {},
    orgId: agent.orgId ?? null,
    maxStarts: agent.maxStarts ?? null,
    maxSessions: agent.maxSessions ?? null,
    cordoned: agent.cordoned ?? false,
  }
  return Object.fromEntries(Object.entries(was).filter(([name]) => name in patch))
}

/** Changes one agent or many: with a question where it cannot be taken back, and a way back where it can. */
export function useAgentActions() {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const { mutateAsync } = useChangeAgent()

  const question = (agents: Agent[], what: AgentChange['what']): Question | null => {
    if (what !== 'remove' && what !== 'revoke-key' && what !== 'reject') return null
    const key = ({ remove: 'remove', 'revoke-key': 'revokeKey', reject: 'reject' } as const)[what]
    const count = agents.length
    const name = agents[0]?.agentId ?? ''
    const held = agents.reduce(
      (sum, { standing }) => sum + (standing ? standing.asleep + standing.reserved.sessions : 0),
      0,
    )
    const lost = what === 'remove' && held > 0 ? ` ${t('agents.ask.asleep', { count: held })}` : ''
    return {
      title: count === 1 ? t(`agents.ask.${key}`, { name }) : t(`agents.ask.${key}Many`, { count }),
      text: t(`agents.ask.${key}Text`) + lost,
      confirm: t(`agents.${key}`),
    }
  }

  const send = async (changes: { agent: Agent; change: AgentChange }[]) => {
    const results = await Promise.allSettled(
      changes.map(({ agent, change }) => mutateAsync({ agentId: agent.agentId, change })),
    )
    const failed = results.find((one) => one.status === 'rejected')
    if (failed) notifyError(failed.reason)
    return changes.filter((_, index) => results[index]?.status === 'fulfilled')
  }

  const run = async (agents: Agent[], change: AgentChange): Promise<boolean> => {
    const asked = question(agents, change.what)
    if (agents.length === 0 || (asked && !(await confirm(asked)))) return false
    const done = await send(agents.map((agent) => ({ agent, change })))
    if (done.length === 0) return false
    const told = t(`agents.done.${change.what}`, {
      count: done.length,
      name: done.length === 1 ? done[0]?.agent.agentId : t('agents.many', { count: done.length }),
    })
    const back = done.flatMap(({ agent }) => {
      const undo = inverse(agent, change)
      return undo ? [{ agent, change: undo }] : []
    })
    if (back.length > 0) notifyUndo(told, t('action.undo'), () => void send(back))
    else notifyDone(told)
    return done.length === agents.length
  }

  return { run, plain: (agents: Agent[], what: Plain) => run(agents, { what }) }
}
