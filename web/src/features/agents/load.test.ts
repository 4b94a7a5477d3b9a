import { expect, test } from 'vitest'

import { makeAgent } from '@/test/factories'

import { agentLoad, quantity } from './load'

test('reads quantities', () => {
  expect([quantity('1500m'), quantity('16Gi'), quantity('4'), quantity(2)]).toEqual([1.5, 16 * 2 ** 30, 4, 2])
  expect([quantity('many'), quantity('1Xi'), quantity(null), quantity({})]).toEqual([null, null, null, null])
})

test('shows only what the agent reports', () => {
  const load = agentLoad(
    makeAgent({
      activeSessions: 5,
      capacity: { maxSessions: 20 },
      usage: { cpuPercent: 25 },
    }),
  )
  expect(load.sessions?.percent).toBe(25)
  expect(load.cpu?.percent).toBe(25)
  expect(load.memory).toBeNull()
  expect(agentLoad(makeAgent())).toEqual({ sessions: null, cpu: null, memory: null })
})
