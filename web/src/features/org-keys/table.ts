import type { ApiKey } from '@/api/types'

export type KeyState = 'active' | 'expired' | 'revoked'

export function stateOf(key: ApiKey, now: number): KeyState {
  if (key.revokedAt) return 'revoked'
  if (key.expiresAt && Date.parse(key.expiresAt) <= now) return 'expired'
  return key.active ? 'active' : 'revoked'
}

export const STATES = ['active', 'expired', 'revoked'] as const
const SORT_KEYS = ['name', 'username', 'lastUsedAt', 'createdAt'] as const
type SortKey = (typeof SORT_KEYS)[number]
export type KeysSort = SortKey | `-${SortKey}`

/** What the address says about the table. */
export interface KeysSearch {
  q?: string
  state?: KeyState
  sort?: KeysSort
}

export function keysSearch(search: Record<string, unknown>): KeysSearch {
  const sort = typeof search.sort === 'string' ? search.sort : ''
  return {
    q: typeof search.q === 'string' && search.q !== '' ? search.q : undefined,
    state: STATES.find((one) => one === search.state),
    sort: SORT_KEYS.some((one) => one === sort.replace(/^-/, '')) ? (sort as KeysSort) : undefined,
  }
}

export function findKeys(
  all: ApiKey[],
  { q = '', state, sort = '-createdAt' }: KeysSearch,
  now: number,
): ApiKey[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const sign = sort.startsWith('-') ? -1 : 1
  const key = sort.replace(/^-/, '') as SortKey
  return all
    .filter((one) => state === undefined || stateOf(one, now) === state)
    .filter((one) => {
      const hay = [one.name, one.description, one.username, one.prefix, ...one.scopes].join(' ').toLowerCase()
      return words.every((word) => hay.includes(word))
    })
    .toSorted((a, b) => sign * (a[key] ?? '').localeCompare(b[key] ?? ''))
}
