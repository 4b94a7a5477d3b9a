import { expect, test } from 'vitest'

import { makeSession } from '@/test/factories'

import { waitingOf } from './waiting'

const at = '2026-01-02T03:04:05Z'
const failed = { agentId: 'a', at, code: 'lost', message: 'It went away.' }

test('a start that is not the next waits for its turn', () => {
  expect(waitingOf(makeSession({ state: 'pending', queuePosition: 2 }))).toMatchObject({
    for: 'turn',
    position: 2,
  })
  expect(waitingOf(makeSession({ state: 'starting', queuePosition: 2 }))).toBeNull()
})

test('a failed attempt waits for the next, then the next is under way', () => {
  const session = makeSession({ state: 'pending', attempts: [failed], retryAt: at })
  expect(waitingOf(session)).toEqual({ for: 'retry', at: Date.parse(at), next: 2, message: 'It went away.' })
  const again = [failed, { agentId: 'b', at }]
  expect(waitingOf(makeSession({ state: 'starting', attempts: again }))).toMatchObject({
    for: 'attempt',
    number: 2,
  })
})

test('the first attempt and a session that runs wait for nothing', () => {
  expect(waitingOf(makeSession({ state: 'starting', attempts: [{ agentId: 'a', at }] }))).toBeNull()
  expect(waitingOf(makeSession({ state: 'running', attempts: [failed, failed] }))).toBeNull()
})
