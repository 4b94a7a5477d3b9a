import type { Agent } from '@/api/types'

/** In the order of how much they ask of an administrator. */
export const STATES = ['pending', 'offline', 'draining', 'cordoned', 'online', 'rejected'] as const
export type AgentState = (typeof STATES)[number]

/** The one word for how it is with an agent. */
export function stateOf(agent: Agent): AgentState {
  if (agent.approvalStatus !== 'approved') return agent.approvalStatus
  if (agent.draining) return 'draining'
  if (agent.status === 'offline') return 'offline'
  return agent.cordoned ? 'cordoned' : 'online'
}

export const TONES: Record<AgentState, string> = {
  pending: 'warn',
  offline: 'bad',
  draining: 'warn',
  cordoned: 'warn',
  online: 'ok',
  rejected: 'quiet',
}

export interface Draining {
  from: number
  left: number
  /** 0 to 100. */
  percent: number
}

/** How far one is emptied. */
export function drainingOf(agent: Agent): Draining | null {
  if (!agent.draining) return null
  const left = agent.standing?.reserved.sessions ?? agent.activeSessions ?? 0
  const from = Math.max(agent.drainingFrom ?? left, left)
  return { from, left, percent: from === 0 ? 100 : Math.round((100 * (from - left)) / from) }
}
