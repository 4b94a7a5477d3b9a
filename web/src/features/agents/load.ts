import type { Agent } from '@/api/types'

const SUFFIXES: Record<string, number> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

/** A Kubernetes quantity such as `1500m` or `16Gi` as a number, or null when it is none. */
export function quantity(text: unknown): number | null {
  if (typeof text === 'number') return text
  if (typeof text !== 'string') return null
  const match = /^([0-9.]+)([a-zA-Z]*)$/.exec(text.trim())
  const factor = match ? SUFFIXES[match[2] ?? ''] : undefined
  if (!match || factor === undefined) return null
  return Number(match[1]) * factor
}

export interface Load {
  used: number
  of: number
  /** 0 to 100. */
  percent: number
}

export function loadOf(used: number | null, of: number | null): Load | null {
  if (used === null || of === null || of <= 0) return null
  return { used, of, percent: Math.min(100, Math.max(0, (100 * used) / of)) }
}

/** How full an agent is, as far as it says. */
export function agentLoad(agent: Agent): { sessions: Load | null; cpu: Load | null; memory: Load | null } {
  const { capacity, usage } = agent
  return {
    sessions: loadOf(agent.activeSessions ?? 0, quantity(capacity?.maxSessions)),
    cpu: loadOf(quantity(usage?.cpuPercent), 100),
    memory: loadOf(quantity(usage?.memoryUsedBytes), quantity(usage?.memoryTotalBytes)),
  }
}
