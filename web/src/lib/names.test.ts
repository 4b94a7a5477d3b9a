import { expect, test } from 'vitest'

import { nameFrom } from './names'

test('a name for the API', () => {
  expect([nameFrom('Forschung & Entwicklung'), nameFrom('  Größe Eins '), nameFrom('…')]).toEqual([
    'forschung-entwicklung',
    'grosse-eins',
    '',
  ])
  expect(nameFrom(`${'a'.repeat(49)} b`)).toBe('a'.repeat(49))
})
