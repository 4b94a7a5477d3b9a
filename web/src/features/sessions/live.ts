import type { InfiniteData, QueryClient } from '@tanstack/react-query'

import type { Session } from '@/api/types'

import { sessionKeys } from './api/sessions'

interface SessionPage {
  sessions: Session[]
  total: number
  nextCursor?: string | null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** The session that an event carries, or null when the event is about something else. */
export function sessionOf(message: unknown): Session | null {
  if (!isRecord(message) || typeof message.type !== 'string' || !message.type.startsWith('session.'))
    return null
  const session = isRecord(message.data) ? message.data.session : null
  if (!isRecord(session) || typeof session.id !== 'string' || typeof session.state !== 'string') return null
  return session as Session
}

/** Events can arrive after a newer answer; the later `updatedAt` wins. */
export function newer(known: Session | undefined, next: Session): Session {
  if (known && Date.parse(known.updatedAt) > Date.parse(next.updatedAt)) return known
  return next
}

/** Puts a session into the pages that hold it; `null` when none does. */
export function replaceInPages(
  data: InfiniteData<SessionPage, string | undefined>,
  next: Session,
): InfiniteData<SessionPage, string | undefined> | null {
  if (!data.pages.some((page) => page.sessions.some((one) => one.id === next.id))) return null
  const pages = data.pages.map((page) => {
    const index = page.sessions.findIndex((one) => one.id === next.id)
    if (index < 0) return page
    return { ...page, sessions: page.sessions.with(index, newer(page.sessions[index], next)) }
  })
  return { ...data, pages }
}

/** Brings everything cached about a session up to date. Lists that do not hold it yet are asked for again. */
export function applySession(queryClient: QueryClient, session: Session): void {
  queryClient.setQueryData<Session>(sessionKeys.one(session.id), (known) => newer(known, session))
  for (const { queryKey: key, state } of queryClient
    .getQueryCache()
    .findAll({ queryKey: sessionKeys.lists() })) {
    const data = state.data as InfiniteData<SessionPage, string | undefined> | undefined
    if (!data) continue
    const replaced = replaceInPages(data, session)
    if (replaced) queryClient.setQueryData(key, replaced)
    if (!replaced || session.state === 'terminated') {
      void queryClient.invalidateQueries({ queryKey: key, exact: true })
    }
  }
}

/** The connection that an event says has ended. */
export function endedConnection(message: unknown): string | null {
  if (!isRecord(message) || message.type !== 'session.disconnected') return null
  const connection = isRecord(message.data) ? message.data.connection : null
  return isRecord(connection) && typeof connection.id === 'string' ? connection.id : null
}

/** Follows one event of the socket. */
export function followSessionEvent(queryClient: QueryClient, message: unknown): void {
  const session = sessionOf(message)
  if (session) applySession(queryClient, session)
  if (isRecord(message) && typeof message.sessionId === 'string') {
    void queryClient.invalidateQueries({ queryKey: sessionKeys.about(message.sessionId) })
  }
}
