import { expect, test } from 'vitest'

import { makeAgent } from '@/test/factories'

import { agentLoad, mostSessions, reservedLoad } from './load'

const GIB = 2 ** 30
const reserved = { sessions: 5, cpuMillicores: 2500, memoryBytes: 4 * GIB }
const starts = { underWay: 0, waiting: 0, atOnce: 4 }
const standing = { reserved, asleep: 0, starts, takesSessions: true, reasons: [] }

test('shows only what the agent reports', () => {
  const load = agentLoad(
    makeAgent({ activeSessions: 5, capacity: { maxSessions: 20 }, usage: { cpuPercent: 25 } }),
  )
  expect(load.sessions?.percent).toBe(25)
  expect(load.cpu?.percent).toBe(25)
  expect(load.memory).toBeNull()
  expect(agentLoad(makeAgent())).toEqual({ sessions: null, cpu: null, memory: null, disk: null })
})

test('an agent that reports nonsense shows nothing', () => {
  const load = agentLoad(
    makeAgent({
      capacity: { maxSessions: 'many' },
      usage: { cpuPercent: {}, memoryUsedBytes: [], memoryTotalBytes: 0 },
    }),
  )
  expect(load).toEqual({ sessions: null, cpu: null, memory: null, disk: null })
})

test('what one that is away said last is not shown as if it were so', () => {
  const load = agentLoad(makeAgent({ connected: false, usage: { cpuPercent: 25 } }))
  expect(load.cpu).toBeNull()
})

test('a disk is as full as what is not free of it', () => {
  const load = agentLoad(makeAgent({ usage: { diskFreeBytes: 25 * GIB, diskTotalBytes: 100 * GIB } }))
  expect(load.disk).toEqual({ used: 75 * GIB, of: 100 * GIB, percent: 75 })
})

test('the lower of two bounds counts', () => {
  const capacity = { maxSessions: 20 }
  expect(mostSessions(makeAgent({ capacity, maxSessions: 5 }))).toBe(5)
  expect(mostSessions(makeAgent({ capacity: { maxSessions: 3 }, maxSessions: 5 }))).toBe(3)
  expect(mostSessions(makeAgent({ capacity, maxSessions: null }))).toBe(20)
  expect(mostSessions(makeAgent())).toBeNull()
})

test('what is promised is measured by what the agent has, however it writes it', () => {
  const capacity = { maxSessions: 10, cpu: '10 cores', memory: '16Gi' }
  const load = reservedLoad(makeAgent({ capacity, standing }))
  expect([load?.sessions?.percent, load?.cpu?.percent, load?.memory?.percent]).toEqual([50, 25, 25])
  expect(reservedLoad(makeAgent())).toBeNull()
})
