import type { User } from '@/api/types'

/** What the interface offers to whom; the server decides again on every request. */
const POLICIES = {
  'admin:open': (user: User) => 'agent:view' in user.permissions,
  'agents:manage': (user: User) => 'agent:manage' in user.permissions,
  'packages:install': (user: User) => 'agent:manage' in user.permissions,
  'sessions:everybody': (user: User) => (user.permissions['session:view'] ?? 'own') !== 'own',
} satisfies Record<string, (user: User) => boolean>

export function may(user: User, action: keyof typeof POLICIES): boolean {
  return POLICIES[action](user)
}
