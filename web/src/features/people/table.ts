import { ORG_ROLES, ROLES, type OrgRole, type Person, type Role } from '@/api/admin-types'
import { csvLine } from '@/lib/csv'

const SORT_KEYS = ['username', 'lastLogin', 'createdAt'] as const
type SortKey = (typeof SORT_KEYS)[number]

/** A column, with `-` before it when the other way round. */
export type PeopleSort = SortKey | `-${SortKey}`
const SORTS = SORT_KEYS.flatMap((key): PeopleSort[] => [key, `-${key}`])

export const PROVIDERS = ['local', 'oidc', 'saml'] as const
export type Provider = (typeof PROVIDERS)[number]

/** What the address says about the table. */
export interface PeopleSearch {
  q?: string
  role?: Role
  orgRole?: OrgRole
  provider?: Provider
  active?: boolean
  sort?: PeopleSort
}

function oneOf<T extends string>(all: readonly T[], value: unknown): T | undefined {
  return all.find((one) => one === value)
}

export function peopleSearch(search: Record<string, unknown>): PeopleSearch {
  return {
    q: typeof search.q === 'string' && search.q !== '' ? search.q : undefined,
    role: oneOf(ROLES, search.role),
    orgRole: oneOf(ORG_ROLES, search.orgRole),
    provider: oneOf(PROVIDERS, search.provider),
    active: typeof search.active === 'boolean' ? search.active : undefined,
    sort: oneOf(SORTS, search.sort),
  }
}

export function isFiltered(search: PeopleSearch): boolean {
  return [search.q, search.role, search.orgRole, search.provider, search.active].some(
    (one) => one !== undefined,
  )
}

const COLUMNS = [
  'username',
  'email',
  'fullName',
  'role',
  'orgRole',
  'provider',
  'active',
  'createdAt',
  'lastLogin',
] as const

/** People as a file for a spreadsheet. */
export function peopleCsv(people: Person[]): string {
  const lines = people.map((person) => csvLine(COLUMNS.map((column) => person[column])))
  return [COLUMNS.join(','), ...lines, ''].join('\r\n')
}
