import type { Quota } from '@/api/admin-types'
import { parseQuantity } from '@/lib/quantity'

/** The share of the limit that is closest to being used up (1 is all of it); 0 where there is no limit. */
export function fullness(quota: Quota): number {
  const pairs: [number | null, number | null][] = [
    [quota.usedSessions ?? 0, quota.maxSessions ?? null],
    [parseQuantity(quota.usedCpu), parseQuantity(quota.maxCpu)],
    [parseQuantity(quota.usedMemory), parseQuantity(quota.maxMemory)],
    [parseQuantity(quota.usedStorage), parseQuantity(quota.maxStorage)],
  ]
  return Math.max(
    0,
    ...pairs.map(([used, max]) => {
      if (max === null) return 0
      // A limit of nothing is used up by nothing.
      return max > 0 ? (used ?? 0) / max : 1
    }),
  )
}

export const SORT_KEYS = ['username', 'fullness', 'sessions', 'storage'] as const
type SortKey = (typeof SORT_KEYS)[number]
export type QuotasSort = SortKey | `-${SortKey}`

/** What the address says about the table. */
export interface QuotasSearch {
  q?: string
  show?: 'own' | 'near'
  sort?: QuotasSort
}

export function quotasSearch(search: Record<string, unknown>): QuotasSearch {
  const sort = typeof search.sort === 'string' ? search.sort : ''
  return {
    q: typeof search.q === 'string' && search.q !== '' ? search.q : undefined,
    show: search.show === 'own' || search.show === 'near' ? search.show : undefined,
    sort: SORT_KEYS.some((one) => one === sort.replace(/^-/, '')) ? (sort as QuotasSort) : undefined,
  }
}

const NEAR = 0.8
const MEASURES: Record<Exclude<SortKey, 'username'>, (quota: Quota) => number> = {
  fullness,
  sessions: (quota) => quota.usedSessions ?? 0,
  storage: (quota) => parseQuantity(quota.usedStorage) ?? 0,
}

export function findQuotas(all: Quota[], { q = '', show, sort = '-fullness' }: QuotasSearch): Quota[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const sign = sort.startsWith('-') ? -1 : 1
  const key = sort.replace(/^-/, '') as SortKey
  return all
    .filter((one) => {
      const hay = `${one.username ?? ''} ${one.name ?? ''}`.toLowerCase()
      if (!words.every((word) => hay.includes(word))) return false
      if (show === 'own') return !one.inherited
      return show === 'near' ? fullness(one) >= NEAR : true
    })
    .toSorted((a, b) => {
      const byName = (a.username ?? '').localeCompare(b.username ?? '')
      if (key === 'username') return sign * byName
      return sign * (MEASURES[key](a) - MEASURES[key](b)) || byName
    })
}
