import { expect, test } from 'vitest'

import type { ApiKey } from '@/api/types'

import { findKeys, keysSearch, stateOf } from './table'

const now = Date.parse('2026-06-01T00:00:00Z')
const make = (name: string, more: Partial<ApiKey> = {}): ApiKey => ({
  id: name,
  userId: 'u1',
  username: 'sam',
  orgId: 'o1',
  name,
  description: '',
  prefix: 'sk_abc',
  scopes: ['sessions:read'],
  allowedIps: [],
  rateLimit: 1000,
  useCount: 0,
  active: true,
  createdAt: '2026-01-01T00:00:00Z',
  ...more,
})
const keys = [
  make('ci', { lastUsedAt: '2026-05-01T00:00:00Z' }),
  make('old', { expiresAt: '2026-05-31T00:00:00Z', active: false }),
  make('lost', { revokedAt: '2026-05-01T00:00:00Z', active: false, username: 'zoe' }),
]

test('tells revoked from expired', () => {
  expect(keys.map((one) => stateOf(one, now))).toEqual(['active', 'expired', 'revoked'])
})

test('finds by state, owner and scope', () => {
  const names = (search: Record<string, unknown>) =>
    findKeys(keys, keysSearch(search), now).map((one) => one.name)
  expect(names({ state: 'revoked' })).toEqual(['lost'])
  expect(names({ q: 'zoe' })).toEqual(['lost'])
  expect(names({ q: 'sessions:read', sort: '-lastUsedAt' })[0]).toBe('ci')
  expect(names({ state: 'nonsense', sort: 'hash' })).toHaveLength(3)
})
