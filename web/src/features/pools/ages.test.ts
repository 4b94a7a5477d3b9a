import { expect, test } from 'vitest'

import { AGES, agesWith, formatAge, hitRate } from './ages'

test('a pool keeps an age that the dialog does not offer', () => {
  expect(agesWith(3600)).toEqual([...AGES])
  expect(agesWith(90)[0]).toBe(90)
  expect(agesWith(5000)).toContain(5000)
})

test('the share of hits is unknown until somebody came', () => {
  expect(hitRate({ claimed24h: 0, missed24h: 0 })).toBeNull()
  expect(hitRate({ claimed24h: 3, missed24h: 1 })).toBe(0.75)
})

test('an age is written in the largest unit that keeps it whole', () => {
  expect(formatAge(600, 'en')).toBe('10 minutes')
  expect(formatAge(14_400, 'de')).toBe('4 Stunden')
  expect(formatAge(86_400, 'en')).toBe('1 day')
  expect(formatAge(90, 'en')).toBe('90 seconds')
})
