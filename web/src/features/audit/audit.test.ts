import { expect, test } from 'vitest'

import { differences } from './diff'
import { auditSearch, exportUrl, isFiltered, toQuery } from './filter'

test('a day filter includes the whole day, as it is here', () => {
  const query = toQuery({ from: '2026-03-01', to: '2026-03-01' })
  expect(query.start_date).toBe(new Date(2026, 2, 1).toISOString())
  expect(query.end_date).toBe(new Date(2026, 2, 2).toISOString())
})

test('an address keeps only what can be asked', () => {
  expect(auditSearch({ user: 'sam', outcome: 'maybe', from: '2026-02-31x', to: 3, x: 1 })).toEqual({
    user: 'sam',
  })
  expect([isFiltered(auditSearch({})), isFiltered(auditSearch({ outcome: 'denied' }))]).toEqual([false, true])
})

test('an export has the filters of the page', () => {
  expect(exportUrl({ user: 'a&b', outcome: 'denied' }, 'csv')).toBe(
    '/api/v1/admin/audit/export?format=csv&username=a%26b&outcome=denied',
  )
})

test('what changed comes first', () => {
  expect(differences({ name: 'a', role: 'user', old: 1 }, { name: 'a', role: 'admin', tags: ['x'] })).toEqual(
    [
      { field: 'role', before: 'user', after: 'admin', kind: 'changed' },
      { field: 'old', before: '1', after: null, kind: 'removed' },
      { field: 'tags', before: null, after: '["x"]', kind: 'added' },
      { field: 'name', before: 'a', after: 'a', kind: 'same' },
    ],
  )
  expect(differences(null, { a: 1 })[0]?.kind).toBe('added')
})
