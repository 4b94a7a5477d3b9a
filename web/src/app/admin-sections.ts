import {
  IconAddressBook,
  IconBuilding,
  IconFingerprint,
  IconFlame,
  IconGauge,
  IconHistory,
  IconKey,
  IconServer2,
  IconStack2,
  IconUsersGroup,
  type TablerIcon,
} from '@tabler/icons-react'
import type { LinkProps } from '@tanstack/react-router'

import type { User } from '@/api/types'
import { may, type Policy } from '@/lib/authorization'

export interface AdminSection {
  to: NonNullable<LinkProps['to']>
  name:
    | 'agents'
    | 'sessions'
    | 'pools'
    | 'people'
    | 'groups'
    | 'organizations'
    | 'quotas'
    | 'providers'
    | 'keys'
    | 'audit'
  part: 'sectionPlatform' | 'sectionPeople' | 'sectionSecurity'
  icon: TablerIcon
  policy: Policy
}

/** The pages of the administration, in their order. */
const SECTIONS: readonly AdminSection[] = [
  { to: '/admin/agents', name: 'agents', part: 'sectionPlatform', icon: IconServer2, policy: 'agents:view' },
  {
    to: '/admin/sessions',
    name: 'sessions',
    part: 'sectionPlatform',
    icon: IconStack2,
    policy: 'sessions:everybody',
  },
  { to: '/admin/pools', name: 'pools', part: 'sectionPlatform', icon: IconFlame, policy: 'pools:view' },
  {
    to: '/admin/people',
    name: 'people',
    part: 'sectionPeople',
    icon: IconAddressBook,
    policy: 'people:view',
  },
  { to: '/admin/groups', name: 'groups', part: 'sectionPeople', icon: IconUsersGroup, policy: 'groups:view' },
  {
    to: '/admin/organizations',
    name: 'organizations',
    part: 'sectionPeople',
    icon: IconBuilding,
    policy: 'organizations:view',
  },
  { to: '/admin/quotas', name: 'quotas', part: 'sectionPeople', icon: IconGauge, policy: 'quotas:view' },
  {
    to: '/admin/identity-providers',
    name: 'providers',
    part: 'sectionSecurity',
    icon: IconFingerprint,
    policy: 'providers:manage',
  },
  { to: '/admin/keys', name: 'keys', part: 'sectionSecurity', icon: IconKey, policy: 'keys:organization' },
  { to: '/admin/audit', name: 'audit', part: 'sectionSecurity', icon: IconHistory, policy: 'audit:view' },
]

/** Those that somebody may open. */
export function adminSections(user: User): AdminSection[] {
  return SECTIONS.filter((one) => may(user, one.policy))
}
