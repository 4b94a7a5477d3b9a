import type { components } from './schema'

type Schemas = components['schemas']

export const ROLES = ['user', 'operator', 'admin'] as const satisfies readonly Schemas['Role'][]
export const ORG_ROLES = [
  'viewer',
  'user',
  'maintainer',
  'org_admin',
] as const satisfies readonly Schemas['OrgRole'][]
export const GROUP_ROLES = ['member', 'admin', 'owner'] as const satisfies readonly Schemas['GroupRole'][]

export type Role = Schemas['Role']
export type OrgRole = Schemas['OrgRole']
export type GroupRole = Schemas['GroupRole']
export type Person = Schemas['PersonOut']
export type PersonDetail = Schemas['PersonDetailOut']
export type Group = Schemas['GroupOut']
export type Quota = Schemas['QuotaOut']

/** What may be set of a quota; null is no limit. */
export type QuotaLimits = Pick<Quota, 'maxSessions' | 'maxCpu' | 'maxMemory' | 'maxStorage'>
