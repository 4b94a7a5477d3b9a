import { expect, test } from 'vitest'

import { makeSession } from '@/test/factories'

import { endsAt, parseDuration, warningsOf } from './deadlines'

const started = '2026-01-02T03:00:00Z'
const now = Date.parse(started)
const minutes = (count: number) => count * 60_000

test('durations are read as the API writes them', () => {
  expect(parseDuration('1h30m')).toBe(5400)
  expect(parseDuration('90s')).toBe(90)
  for (const none of [undefined, null, '', 'soon', '1', 'h1']) expect(parseDuration(none)).toBeNull()
})

test('a session that never ran has no end yet', () => {
  expect(endsAt(makeSession({ maxSessionDuration: '8h', startedAt: undefined }))).toBeNull()
  expect(endsAt(makeSession({ maxSessionDuration: '8h', startedAt: started }))).toBe(now + minutes(480))
})

test('what comes first is told first', () => {
  const session = makeSession({
    startedAt: started,
    maxSessionDuration: '10m',
    idleWarning: new Date(now + minutes(1)).toISOString(),
  })
  expect(warningsOf(session, now).map((one) => one.kind)).toEqual(['idle', 'end'])
})

test('an end that is far is not told of, and a session that has ended not at all', () => {
  const session = makeSession({ startedAt: started, maxSessionDuration: '8h' })
  expect(warningsOf(session, now)).toEqual([])
  expect(warningsOf(session, now + minutes(470))).toHaveLength(1)
  expect(warningsOf({ ...session, state: 'terminated' }, now + minutes(470))).toEqual([])
})
