import { expect, test } from 'vitest'

import { formatAgo, formatDuration } from './format'

const now = Date.UTC(2026, 0, 2)
const before = (seconds: number) => new Date(now - seconds * 1000).toISOString()

test('ages are words', () => {
  expect(formatAgo(before(5), now, 'en')).toBe('now')
  expect(formatAgo(before(125), now, 'en')).toBe('2 minutes ago')
  expect(formatAgo(before(86_400), now, 'de')).toBe('gestern')
})

test('a clock that is ahead does not make the future', () => {
  expect(formatAgo(before(-300), now, 'en')).toBe('now')
})

test('durations are short', () => {
  expect([formatDuration(430, 'en'), formatDuration(12_400, 'en'), formatDuration(125_000, 'en')]).toEqual([
    '0.4 s',
    '12 s',
    '2:05',
  ])
  expect(formatDuration(430, 'de')).toBe('0,4 s')
})
