import { expect, test } from 'vitest'

import { makeSession } from '@/test/factories'

import { findSessions, isSort } from './table'

const sessions = [
  makeSession({ id: 'a', templateDisplayName: 'Firefox', user: 'zoe', createdAt: '2026-01-01T00:00:00Z' }),
  makeSession({ id: 'b', templateDisplayName: 'GIMP', user: 'adam', createdAt: '2026-01-03T00:00:00Z' }),
  makeSession({
    id: 'c',
    templateDisplayName: 'Blender',
    state: 'failed',
    createdAt: '2026-01-02T00:00:00Z',
  }),
]
const ids = (text: string, sort: Parameters<typeof findSessions>[2]) =>
  findSessions(sessions, text, sort).map((one) => one.id)

test('sorts by a column both ways', () => {
  expect(ids('', 'application')).toEqual(['c', 'a', 'b'])
  expect(ids('', '-started')).toEqual(['b', 'c', 'a'])
})

test('finds every word somewhere', () => {
  expect(ids('fire zoe', 'user')).toEqual(['a'])
  expect(ids('FAILED', 'user')).toEqual(['c'])
  expect(ids('fire adam', 'user')).toEqual([])
})

test('refuses columns that do not exist', () => {
  expect([isSort('state'), isSort('-user'), isSort('password'), isSort(3)]).toEqual([
    true,
    true,
    false,
    false,
  ])
})
