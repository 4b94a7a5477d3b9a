import { STATES, type AgentState } from './state'

const SORT_KEYS = ['name', 'state', 'sessions', 'cpu', 'memory', 'heard'] as const
export type SortKey = (typeof SORT_KEYS)[number]

/** A column, with `-` before it when the other way round. */
export type AgentSort = SortKey | `-${SortKey}`
const SORTS = SORT_KEYS.flatMap((key): AgentSort[] => [key, `-${key}`])

export const PLATFORMS = ['process', 'docker', 'kubernetes', 'vm', 'cloud'] as const
export type Platform = (typeof PLATFORMS)[number]

/** What the address says about the fleet. */
export interface AgentsSearch {
  q?: string
  platform?: Platform
  state?: AgentState
  region?: string
  sort?: AgentSort
  tab?: 'tokens'
}

function oneOf<T extends string>(all: readonly T[], value: unknown): T | undefined {
  return all.find((one) => one === value)
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

export function agentsSearch(search: Record<string, unknown>): AgentsSearch {
  return {
    q: text(search.q),
    platform: oneOf(PLATFORMS, search.platform),
    state: oneOf(STATES, search.state),
    region: text(search.region),
    sort: oneOf(SORTS, search.sort),
    tab: search.tab === 'tokens' ? 'tokens' : undefined,
  }
}

export function isFiltered({ q, platform, state, region }: AgentsSearch): boolean {
  return [q, platform, state, region].some((one) => one !== undefined)
}
