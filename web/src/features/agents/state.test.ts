import { expect, test } from 'vitest'

import type { Agent } from '@/api/types'
import { makeAgent } from '@/test/factories'

import { drainingOf, stateOf } from './state'

const standing = (sessions: number) => ({
  reserved: { sessions, cpuMillicores: 0, memoryBytes: 0 },
  asleep: 0,
  starts: { underWay: 0, waiting: 0, atOnce: 4 },
  takesSessions: false,
  reasons: [],
})

test.each<[string, Partial<Agent>]>([
  ['online', {}],
  ['offline', { status: 'offline', cordoned: true }],
  ['cordoned', { cordoned: true }],
  ['draining', { status: 'draining', draining: true, cordoned: true }],
  ['pending', { approvalStatus: 'pending', status: 'offline' }],
  ['rejected', { approvalStatus: 'rejected', draining: true }],
])('%s is the word for it', (state, fields) => {
  expect(stateOf(makeAgent(fields))).toBe(state)
})

test('draining goes from what was there to nothing', () => {
  const draining = { draining: true, drainingFrom: 4 }
  expect(drainingOf(makeAgent())).toBeNull()
  expect(drainingOf(makeAgent({ ...draining, standing: standing(3) }))).toEqual({
    from: 4,
    left: 3,
    percent: 25,
  })
  expect(drainingOf(makeAgent({ ...draining, standing: standing(0) }))?.percent).toBe(100)
  // One that was woken by hand there does not make it negative.
  expect(drainingOf(makeAgent({ ...draining, standing: standing(6) }))).toEqual({
    from: 6,
    left: 6,
    percent: 0,
  })
  expect(drainingOf(makeAgent({ draining: true, drainingFrom: 0, standing: standing(0) }))?.percent).toBe(100)
})
