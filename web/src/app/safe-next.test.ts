import { expect, test } from 'vitest'

import { safeNext } from './safe-next'

test('goes back to pages of ours', () => {
  expect(safeNext('/sessions/a?log=true')).toBe('/sessions/a?log=true')
})

test.each([undefined, '', 'https://evil.example/', '//evil.example/', '/\\evil.example', '/login?next=/x'])(
  'goes home instead of %s',
  (next) => {
    expect(safeNext(next)).toBe('/')
  },
)
