import { expect, test } from 'vitest'

import type { Organization } from './api/organizations'
import { findOrganizations, organizationsSearch } from './table'

const make = (name: string, more: Partial<Organization> = {}): Organization => ({
  id: name,
  name,
  displayName: name.toUpperCase(),
  description: '',
  k8sNamespace: 'streamspace',
  status: 'active',
  guestLinks: false,
  requireMfa: false,
  memberCount: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  ...more,
})
const all = [
  make('acme', { memberCount: 9 }),
  make('zoo', { memberCount: 10 }),
  make('old', { status: 'deleted' }),
]
const names = (...args: Parameters<typeof organizationsSearch>) =>
  findOrganizations(all, organizationsSearch(...args)).map((one) => one.name)

test('numbers sort as numbers', () => {
  expect(names({ sort: '-memberCount' })).toEqual(['zoo', 'acme', 'old'])
  expect(names({ sort: 'status' })).toEqual(['acme', 'old', 'zoo'])
})

test('filters by state and words', () => {
  expect(names({ status: 'deleted' })).toEqual(['old'])
  expect(names({ q: 'ZO' })).toEqual(['zoo'])
  expect(names({ status: 'gone' })).toHaveLength(3)
})
