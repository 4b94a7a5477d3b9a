import { expect, test } from 'vitest'

import { formatBytes, parseQuantity } from './quantity'

test.each([
  ['500m', 0.5],
  ['1.5', 1.5],
  ['2Gi', 2 * 2 ** 30],
  ['1e3', 1000],
  ['250M', 250e6],
  [4, 4],
  ['', null],
  [null, null],
  ['many', null],
])('%s is %s', (text, value) => {
  expect(parseQuantity(text)).toBe(value)
})

test('sizes are written in the largest unit that fits', () => {
  expect(formatBytes(0, 'en')).toBe('0 B')
  expect(formatBytes(1536 * 2 ** 20, 'en')).toBe('1.5 GiB')
  expect(formatBytes(1536 * 2 ** 20, 'de')).toBe('1,5 GiB')
})
