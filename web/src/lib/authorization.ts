import type { User } from '@/api/types'

const has = (user: User, action: string) => action in user.permissions
/** Beyond what is one's own. */
const beyond = (user: User, action: string) => (user.permissions[action] ?? 'own') !== 'own'
const everywhere = (user: User, action: string) => user.permissions[action] === 'all'

/** What the interface offers to whom; the server decides again on every request. */
const POLICIES = {
  'agents:view': (user: User) => has(user, 'agent:view'),
  'agents:manage': (user: User) => has(user, 'agent:manage'),
  'packages:install': (user: User) => has(user, 'agent:manage'),
  'sessions:everybody': (user: User) => beyond(user, 'session:view'),
  'people:view': (user: User) => beyond(user, 'user:view'),
  'people:manage': (user: User) => beyond(user, 'user:manage'),
  'roles:grant': (user: User) => everywhere(user, 'user:manage'),
  // Everybody sees the groups of their organisation; the administration is for those who see its people too.
  'groups:view': (user: User) => beyond(user, 'group:view') && beyond(user, 'user:view'),
  'groups:create': (user: User) => has(user, 'group:create'),
  'groups:manage': (user: User) => beyond(user, 'group:change'),
  'organizations:view': (user: User) =>
    everywhere(user, 'organization:view') || has(user, 'organization:change'),
  'organizations:all': (user: User) => everywhere(user, 'organization:view'),
  'organizations:change': (user: User) => has(user, 'organization:change'),
  'organizations:manage': (user: User) => has(user, 'organization:manage'),
  'quotas:view': (user: User) => beyond(user, 'quota:view'),
  'quotas:manage': (user: User) => beyond(user, 'quota:manage'),
  'quotas:govern': (user: User) => has(user, 'quota:govern'),
  'policies:view': (user: User) => beyond(user, 'policy:view'),
  'policies:manage': (user: User) => beyond(user, 'policy:manage'),
  'pools:view': (user: User) => has(user, 'pool:view'),
  'pools:manage': (user: User) => has(user, 'pool:manage'),
  'pools:everywhere': (user: User) => everywhere(user, 'pool:manage'),
  'providers:manage': (user: User) => has(user, 'provider:manage'),
  'keys:organization': (user: User) => beyond(user, 'key:manage'),
  'audit:view': (user: User) => has(user, 'audit:view'),
  'audit:verify': (user: User) => everywhere(user, 'audit:view'),
  // Who may open any page of the administration.
  'admin:open': (user: User) =>
    ADMINISTRATION.some((action) => has(user, action)) || OTHERS.some((action) => beyond(user, action)),
} satisfies Record<string, (user: User) => boolean>

const ADMINISTRATION = ['agent:view', 'organization:change', 'provider:manage', 'audit:view']
const OTHERS = ['session:view', 'user:view', 'quota:view', 'key:manage']

export type Policy = keyof typeof POLICIES

export function may(user: User, action: Policy): boolean {
  return POLICIES[action](user)
}

/** Whether this login is good for nothing but setting up the second factor that the organisation asks for. */
export function mustEnrol(user: User): boolean {
  return user.organization.requireMfa && !user.mfa && !('template:view' in user.permissions)
}
