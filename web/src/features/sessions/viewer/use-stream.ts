import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useReducer } from 'react'

import { ApiError } from '@/api/errors'
import { backoffMs } from '@/lib/backoff'
import { onLiveEvent } from '@/lib/live-events'

import { sessionKeys } from '../api/sessions'
import type { Door } from './door'
import { endedConnection } from '../live'
import { initialStream, streamReducer } from './machine'
import { alignLoopback, statusUrl } from './stream-url'

const LOOK_MS = 2500
/** While the frame opens, so that keys go to it as soon as it is there. */
const OPENING_LOOK_MS = 600
const HEARTBEAT_MS = 30_000
const FIRST_RETRY_MS = 800
const LONGEST_RETRY_MS = 8000

interface StreamStatus {
  open: number
  reachable: boolean
  protocol?: 'selkies' | 'vnc' | 'http' | null
}

async function look(url: string, signal: AbortSignal): Promise<StreamStatus | 'shut out'> {
  const response = await fetch(url, {
    credentials: 'include',
    cache: 'no-store',
    signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]),
  })
  if (response.status === 401) return 'shut out'
  if (!response.ok) throw new Error(`status ${response.status}`)
  const status = (await response.json()) as StreamStatus
  // A web application may do without a stream; that it answers is all there is to see.
  return status.protocol === 'http' && status.reachable
    ? { ...status, open: Math.max(1, status.open) }
    : status
}

/** Keeps a stream of a session open while `wanted`, and brings it back when it breaks. */
export function useStream(sessionId: string, door: Door, wanted: boolean) {
  const [stream, dispatch] = useReducer(streamReducer, initialStream)
  const queryClient = useQueryClient()
  const { phase, url, connectionId, attempt, generation } = stream
  const retry = useCallback(() => dispatch({ type: 'retry' }), [])

  useEffect(() => {
    dispatch({ type: wanted ? 'wanted' : 'unwanted' })
  }, [wanted])

  useEffect(() => {
    if (phase !== 'connecting') return
    let gone = false
    door.connect().then(
      (answer) => {
        if (gone) {
          if (answer.connectionId) door.disconnect(answer.connectionId)
        } else if (answer.sessionUrl) {
          dispatch({
            type: 'connected',
            url: alignLoopback(answer.sessionUrl, window.location.hostname),
            connectionId: answer.connectionId ?? null,
            watermark: answer.watermark ?? null,
            at: Date.now(),
          })
        } else {
          dispatch({ type: 'refused' })
        }
      },
      (error: unknown) => {
        if (gone) return
        const denied = error instanceof ApiError && (error.status === 403 || error.status === 404)
        dispatch({ type: denied ? 'denied' : 'refused' })
        // The session may have ended meanwhile; then the page shows that instead.
        void queryClient.invalidateQueries({ queryKey: sessionKeys.one(sessionId) })
      },
    )
    return () => {
      gone = true
    }
  }, [phase, sessionId, door, queryClient])

  useEffect(() => {
    if (phase !== 'broken') return
    const timer = setTimeout(
      retry,
      backoffMs(attempt - 1, { firstMs: FIRST_RETRY_MS, longestMs: LONGEST_RETRY_MS }),
    )
    window.addEventListener('online', retry)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('online', retry)
    }
  }, [phase, attempt, retry])

  const opening = phase === 'opening'
  useEffect(() => {
    if (url === null) return
    const leaving = new AbortController()
    const address = statusUrl(url, sessionId)
    let looking = false
    const lookNow = () => {
      if (looking) return
      looking = true
      look(address, leaving.signal)
        .then(
          (seen) =>
            dispatch(
              seen === 'shut out'
                ? { type: 'shutOut', at: Date.now() }
                : { type: 'seen', ...seen, at: Date.now(), hidden: document.hidden },
            ),
          () => {
            if (!leaving.signal.aborted) dispatch({ type: 'unseen', at: Date.now() })
          },
        )
        .finally(() => {
          looking = false
        })
    }
    const timer = setInterval(lookNow, opening ? OPENING_LOOK_MS : LOOK_MS)
    document.addEventListener('visibilitychange', lookNow)
    return () => {
      leaving.abort()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', lookNow)
    }
  }, [url, sessionId, generation, opening])

  useEffect(() => {
    if (connectionId === null) return
    // A missed heartbeat needs no answer here: a lost login or session shows itself elsewhere.
    const timer = setInterval(() => void door.heartbeat(connectionId).catch(() => undefined), HEARTBEAT_MS)
    const goodbye = () => door.disconnect(connectionId)
    window.addEventListener('pagehide', goodbye)
    return () => {
      clearInterval(timer)
      window.removeEventListener('pagehide', goodbye)
      goodbye()
    }
  }, [connectionId, door])

  useEffect(
    () =>
      onLiveEvent((message) => {
        if (connectionId !== null && endedConnection(message) === connectionId) dispatch({ type: 'closed' })
      }),
    [connectionId],
  )

  return { stream, retry }
}
