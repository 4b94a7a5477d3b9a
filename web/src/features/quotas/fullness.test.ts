import { expect, test } from 'vitest'

import { makeQuota } from '@/test/factories'

import { findQuotas, fullness } from './fullness'

const ada = makeQuota({ username: 'ada', usedCpu: '3500m', maxCpu: '4', inherited: false })
const bob = makeQuota({ username: 'bob', usedSessions: 5, maxSessions: 5 })
const cy = makeQuota({ username: 'cy', usedSessions: 9 })
const names = (search: Parameters<typeof findQuotas>[1]) =>
  findQuotas([cy, bob, ada], search).map((one) => one.username)

test('the fullest limit counts; no limit is never full', () => {
  expect([fullness(ada), fullness(bob), fullness(cy)]).toEqual([0.875, 1, 0])
  expect(fullness(makeQuota({ maxSessions: 0 }))).toBe(1)
  expect(fullness(makeQuota({ usedMemory: '512Mi', maxMemory: '2Gi' }))).toBe(0.25)
})

test('the fullest come first', () => {
  expect(names({})).toEqual(['bob', 'ada', 'cy'])
  expect(names({ sort: '-sessions' })).toEqual(['cy', 'bob', 'ada'])
})

test('the largest homes come first, those that nobody measured last', () => {
  const homes = [
    makeQuota({ username: 'ada', usedStorage: '900Mi' }),
    makeQuota({ username: 'bob', usedStorage: '1.25Gi' }),
    makeQuota({ username: 'cy', usedStorage: null }),
  ]
  expect(findQuotas(homes, { sort: '-storage' }).map((one) => one.username)).toEqual(['bob', 'ada', 'cy'])
})

test('narrows to those near a limit, and to those with limits of their own', () => {
  expect(names({ show: 'near' })).toEqual(['bob', 'ada'])
  expect(names({ show: 'own' })).toEqual(['ada'])
  expect(names({ q: 'B' })).toEqual(['bob'])
})
