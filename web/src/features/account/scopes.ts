import type { User } from '@/api/types'

/** The scopes of API keys as the dialog groups them, in its order. */
export const SCOPE_GROUPS = {
  work: ['profile:read', 'templates:read', 'sessions:read', 'sessions:write', 'sessions:connect'],
  people: [
    'users:read',
    'users:write',
    'groups:read',
    'groups:write',
    'organizations:read',
    'organizations:write',
    'quotas:read',
    'quotas:write',
    'policies:read',
    'policies:write',
    'keys:write',
    'audit:read',
    'scim',
  ],
  machines: [
    'agents:read',
    'agents:write',
    'pools:read',
    'pools:write',
    'repositories:read',
    'repositories:write',
    'metrics:read',
  ],
} as const

export const EVERYTHING = '*'

export type ScopeGroup = keyof typeof SCOPE_GROUPS | 'other'

interface ServerScope {
  name: string
  actions: string[]
}

/** The scopes that would let this person's key do something, grouped; a scope we have no words for comes last. */
export function groupScopes(scopes: ServerScope[], me: User): { group: ScopeGroup; scopes: string[] }[] {
  const usable = scopes
    .filter(({ name, actions }) => {
      const beyond = actions.filter((action) => action !== 'profile:view')
      return name !== EVERYTHING && (beyond.length === 0 || beyond.some((action) => action in me.permissions))
    })
    .map(({ name }) => name)
  const known: readonly string[] = Object.values(SCOPE_GROUPS).flat()
  return [
    ...Object.entries(SCOPE_GROUPS).map(([group, names]) => ({
      group: group as ScopeGroup,
      scopes: (names as readonly string[]).filter((name) => usable.includes(name)),
    })),
    { group: 'other' as const, scopes: usable.filter((name) => !known.includes(name)) },
  ].filter((one) => one.scopes.length > 0)
}

const EXPLAINED = [
  'profile_read',
  'templates_read',
  'sessions_read',
  'sessions_write',
  'sessions_connect',
  'users_read',
  'users_write',
  'groups_read',
  'groups_write',
  'organizations_read',
  'organizations_write',
  'quotas_read',
  'quotas_write',
  'policies_read',
  'policies_write',
  'keys_write',
  'audit_read',
  'scim',
  'agents_read',
  'agents_write',
  'metrics_read',
] as const

/** The key of a scope's explanation; colons mean something else to the translation layer. */
export function explanationOf(scope: string): (typeof EXPLAINED)[number] | null {
  const key = scope.replace(':', '_')
  return EXPLAINED.find((one) => one === key) ?? null
}
