import type { Agent } from '@/api/types'

export interface SessionUse {
  cores: number
  memoryBytes: number
}

/** What an agent says that one of its sessions uses; its word may be anything. */
export function sessionUse(agent: Agent, sessionId: string): SessionUse | null {
  const all: unknown = agent.usage?.sessionUsage
  if (typeof all !== 'object' || all === null) return null
  const one: unknown = (all as Record<string, unknown>)[sessionId]
  if (typeof one !== 'object' || one === null) return null
  const { cpuCores, memoryBytes } = one as Record<string, unknown>
  return typeof cpuCores === 'number' && typeof memoryBytes === 'number'
    ? { cores: cpuCores, memoryBytes }
    : null
}
