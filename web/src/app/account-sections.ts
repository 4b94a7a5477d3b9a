import {
  IconChartBar,
  IconDevices,
  IconKey,
  IconShieldLock,
  IconUser,
  IconUsersGroup,
} from '@tabler/icons-react'

import type { User } from '@/api/types'

const SECTIONS = [
  { to: '/account/profile', name: 'profile', icon: IconUser },
  { to: '/account/security', name: 'security', icon: IconShieldLock },
  { to: '/account/sign-ins', name: 'signIns', icon: IconDevices },
  { to: '/account/keys', name: 'keys', icon: IconKey },
  { to: '/account/usage', name: 'usage', icon: IconChartBar },
  { to: '/account/groups', name: 'groups', icon: IconUsersGroup },
] as const

/** The pages of somebody's account; who is in no group has no page of them. */
export function accountSections(user: User) {
  return SECTIONS.filter(({ name }) => name !== 'groups' || (user.groups?.length ?? 0) > 0)
}
