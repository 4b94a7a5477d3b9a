import type { Organization } from './api/organizations'

export const STATUSES = ['active', 'suspended', 'deleted'] as const
export const SORT_KEYS = ['displayName', 'memberCount', 'createdAt'] as const
type SortKey = (typeof SORT_KEYS)[number]
export type OrganizationsSort = SortKey | `-${SortKey}`

/** What the address says about the table. */
export interface OrganizationsSearch {
  q?: string
  status?: Organization['status']
  sort?: OrganizationsSort
}

export function organizationsSearch(search: Record<string, unknown>): OrganizationsSearch {
  const sort = typeof search.sort === 'string' ? search.sort : ''
  return {
    q: typeof search.q === 'string' && search.q !== '' ? search.q : undefined,
    status: STATUSES.find((one) => one === search.status),
    sort: SORT_KEYS.some((one) => one === sort.replace(/^-/, '')) ? (sort as OrganizationsSort) : undefined,
  }
}

export function findOrganizations(
  all: Organization[],
  { q = '', status, sort = 'displayName' }: OrganizationsSearch,
): Organization[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const key = sort.replace(/^-/, '') as SortKey
  const sign = sort.startsWith('-') ? -1 : 1
  return all
    .filter((one) => status === undefined || one.status === status)
    .filter((one) => {
      const hay = `${one.displayName} ${one.name} ${one.description}`.toLowerCase()
      return words.every((word) => hay.includes(word))
    })
    .toSorted((a, b) => {
      const [x, y] = [a[key], b[key]]
      return (
        sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y)))
      )
    })
}
