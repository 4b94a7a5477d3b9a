import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'

import type { Session } from '@/api/types'
import { makeSession } from '@/test/factories'

import { sessionKeys } from './api/sessions'
import { endedConnection, followSessionEvent, newer, replaceInPages, sessionOf } from './live'

const event = (session: Session) => ({
  type: `session.${session.state}`,
  sessionId: session.id,
  data: { session },
})

function cacheWith(sessions: Session[]): QueryClient {
  const queryClient = new QueryClient()
  queryClient.setQueryData(sessionKeys.list({ user: 'sam', ended: false }), {
    pages: [{ sessions, total: sessions.length }],
    pageParams: [undefined],
  })
  return queryClient
}

const listed = (queryClient: QueryClient) =>
  queryClient.getQueryData<{ pages: { sessions: Session[] }[] }>(
    sessionKeys.list({ user: 'sam', ended: false }),
  )?.pages[0]?.sessions

test('only session events with a session count', () => {
  const session = makeSession()
  expect(sessionOf(event(session))).toEqual(session)
  expect(sessionOf({ type: 'hello' })).toBeNull()
  expect(sessionOf({ type: 'session.updated', data: {} })).toBeNull()
  expect(sessionOf('nonsense')).toBeNull()
})

test('an event changes the list and the session', () => {
  const queryClient = cacheWith([makeSession({ state: 'starting' })])
  const next = makeSession({ state: 'running', updatedAt: '2026-01-02T04:00:00Z' })
  followSessionEvent(queryClient, event(next))
  expect(listed(queryClient)).toEqual([next])
  expect(queryClient.getQueryData(sessionKeys.one(next.id))).toEqual(next)
})

test('an event that was overtaken changes nothing', () => {
  const known = makeSession({ state: 'running', updatedAt: '2026-01-02T04:00:00Z' })
  const late = makeSession({ state: 'starting', updatedAt: '2026-01-02T03:59:59Z' })
  expect(newer(known, late)).toBe(known)
  const queryClient = cacheWith([known])
  followSessionEvent(queryClient, event(late))
  expect(listed(queryClient)).toEqual([known])
})

test('a list that does not hold the session is asked for again', () => {
  const queryClient = cacheWith([])
  followSessionEvent(queryClient, event(makeSession({ id: 'new' })))
  expect(queryClient.getQueryState(sessionKeys.list({ user: 'sam', ended: false }))?.isInvalidated).toBe(true)
})

test('replacing keeps the other pages as they are', () => {
  const one = makeSession({ id: 'one' })
  const two = makeSession({ id: 'two' })
  const data = {
    pages: [
      { sessions: [one], total: 2 },
      { sessions: [two], total: 2 },
    ],
    pageParams: [undefined, 'c'],
  }
  const replaced = replaceInPages(data, { ...two, state: 'failed' })
  expect(replaced?.pages[0]).toBe(data.pages[0])
  expect(replaced?.pages[1]?.sessions[0]?.state).toBe('failed')
  expect(replaceInPages(data, makeSession({ id: 'three' }))).toBeNull()
})

test('only the end of a connection names one that ended', () => {
  const connection = { id: 'c1', username: 'bob' }
  expect(endedConnection({ type: 'session.disconnected', sessionId: 's', data: { connection } })).toBe('c1')
  expect(endedConnection({ type: 'session.connected', sessionId: 's', data: { connection } })).toBeNull()
  expect(endedConnection({ type: 'session.disconnected', sessionId: 's', data: {} })).toBeNull()
})

test('what is known about a session is asked for anew with each of its events', () => {
  const queryClient = new QueryClient()
  const key = [...sessionKeys.about('a'), 'connections']
  queryClient.setQueryData(key, {})
  followSessionEvent(queryClient, { type: 'session.connected', sessionId: 'b', data: {} })
  expect(queryClient.getQueryState(key)?.isInvalidated).toBe(false)
  followSessionEvent(queryClient, { type: 'session.connected', sessionId: 'a', data: {} })
  expect(queryClient.getQueryState(key)?.isInvalidated).toBe(true)
})
