import { expect, test } from 'vitest'

import { makeUser } from '@/test/factories'

import { adminSections } from './admin-sections'

const names = (permissions: Record<string, string>) =>
  adminSections(makeUser({ permissions })).map((one) => one.name)

test('a plain user administers nothing', () => {
  expect(
    names({
      'key:manage': 'own',
      'organization:view': 'org',
      'user:view': 'own',
      'group:view': 'org',
      'quota:view': 'own',
      'session:view': 'own',
    }),
  ).toEqual([])
})

test('an administrator of an organisation sees people, not machines', () => {
  expect(
    names({
      'key:manage': 'org',
      'organization:view': 'org',
      'organization:change': 'org',
      'user:view': 'org',
      'user:manage': 'org',
      'group:view': 'org',
      'quota:view': 'org',
      'session:view': 'org',
      'provider:manage': 'org',
      'audit:view': 'org',
    }),
  ).toEqual(['sessions', 'people', 'groups', 'organizations', 'quotas', 'providers', 'keys', 'audit'])
})

test('an operator watches, and has no keys or providers to manage', () => {
  expect(
    names({
      'agent:view': 'all',
      'organization:view': 'all',
      'user:view': 'all',
      'group:view': 'all',
      'quota:view': 'all',
      'session:view': 'all',
      'audit:view': 'all',
      'key:manage': 'own',
    }),
  ).toEqual(['agents', 'sessions', 'people', 'groups', 'organizations', 'quotas', 'audit'])
})
