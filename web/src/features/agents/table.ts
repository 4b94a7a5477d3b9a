import type { Agent } from '@/api/types'

import { agentLoad } from './load'
import type { AgentsSearch, AgentSort, SortKey } from './search'
import { stateOf, STATES } from './state'

/** Every word must be found: in the name, the region, the version, a label as `key=value`. */
function isFound(agent: Agent, q: string): boolean {
  const labels = Object.entries(agent.labels ?? {}).map(([key, value]) => `${key}=${value}`)
  const words = [agent.agentId, agent.platform, agent.region, agent.version, ...labels]
    .join(' ')
    .toLowerCase()
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word))
}

export function regionsOf(agents: readonly Agent[]): string[] {
  return [...new Set(agents.map((agent) => agent.region).filter((one) => one != null))].toSorted()
}

/** Those that match, in the wanted order; without one, those that need somebody come first. */
export function shownAgents(agents: readonly Agent[], search: AgentsSearch): Agent[] {
  const { q, platform, state, region, sort } = search
  const found = agents.filter(
    (agent) =>
      (platform === undefined || agent.platform === platform) &&
      (state === undefined || stateOf(agent) === state) &&
      (region === undefined || agent.region === region) &&
      (q === undefined || isFound(agent, q)),
  )
  return found.toSorted(sort === undefined ? byNeed : by(sort))
}

const byName = (a: Agent, b: Agent) => a.agentId.localeCompare(b.agentId)
const byNeed = (a: Agent, b: Agent) =>
  Number(stateOf(b) === 'pending') - Number(stateOf(a) === 'pending') || byName(a, b)

const VALUES: Record<Exclude<SortKey, 'name'>, (agent: Agent) => number> = {
  state: (agent) => STATES.indexOf(stateOf(agent)),
  sessions: (agent) => agent.activeSessions ?? 0,
  cpu: (agent) => agentLoad(agent).cpu?.percent ?? -1,
  memory: (agent) => agentLoad(agent).memory?.percent ?? -1,
  heard: (agent) => (agent.lastHeartbeat ? Date.parse(agent.lastHeartbeat) : 0),
}

function by(sort: AgentSort): (a: Agent, b: Agent) => number {
  const way = sort.startsWith('-') ? -1 : 1
  const key = sort.replace('-', '') as SortKey
  if (key === 'name') return (a, b) => way * byName(a, b)
  const value = VALUES[key]
  return (a, b) => way * (value(a) - value(b)) || byName(a, b)
}
