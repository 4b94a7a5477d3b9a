import { ORG_ROLES, ROLES, type OrgRole, type Person, type Role } from '@/api/admin-types'
import { csvLine } from '@/lib/csv'

/** A column, with `-` before it for the newest first; and what the API calls it. */
export const API_SORT = {
  username: 'username',
  '-createdAt': '-createdAt',
  '-lastLogin': 'lastLogin',
} as const
export type PeopleSort = keyof typeof API_SORT

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
    sort: oneOf(Object.keys(API_SORT) as PeopleSort[], search.sort),
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
