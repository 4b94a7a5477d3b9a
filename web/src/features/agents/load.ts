import type { Agent } from '@/api/types'
import { parseQuantity } from '@/lib/quantity'

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

/** An agent's word, which may be anything. */
function quantity(value: unknown): number | null {
  return typeof value === 'number' || typeof value === 'string' ? parseQuantity(value) : null
}

export interface AgentLoad {
  sessions: Load | null
  cpu: Load | null
  memory: Load | null
  disk: Load | null
}

/** What an agent's machine really uses, as far as it says. */
export function agentLoad(agent: Agent): AgentLoad {
  // What one that is away said last is long past.
  const usage = agent.connected === false ? null : agent.usage
  const free = quantity(usage?.diskFreeBytes)
  const disk = quantity(usage?.diskTotalBytes)
  return {
    sessions: loadOf(agent.activeSessions ?? 0, mostSessions(agent)),
    cpu: loadOf(quantity(usage?.cpuPercent), 100),
    memory: loadOf(quantity(usage?.memoryUsedBytes), quantity(usage?.memoryTotalBytes)),
    disk: free === null || disk === null ? null : loadOf(disk - free, disk),
  }
}

export function mostSessions(agent: Agent): number | null {
  const stated = quantity(agent.capacity?.maxSessions)
  const bounds = [stated, agent.maxSessions ?? null].filter((one) => one !== null)
  return bounds.length > 0 ? Math.min(...bounds) : null
}

/** What is promised to sessions, of what the agent has. */
export function reservedLoad(agent: Agent): Omit<AgentLoad, 'disk'> | null {
  const reserved = agent.standing?.reserved
  if (!reserved) return null
  // "16 cores" is how the spec writes it.
  const stated = agent.capacity?.cpu
  const cores = quantity(typeof stated === 'string' ? stated.replace(' cores', '') : stated)
  return {
    sessions: loadOf(reserved.sessions, mostSessions(agent)),
    cpu: loadOf(reserved.cpuMillicores / 1000, cores),
    memory: loadOf(reserved.memoryBytes, quantity(agent.capacity?.memory)),
  }
}
