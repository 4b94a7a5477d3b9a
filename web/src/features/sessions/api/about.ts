import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'
import type { Session } from '@/api/types'

import { applySession } from '../live'
import { sessionKeys } from './sessions'

type Schemas = components['schemas']
export type Presence = Schemas['ConnectionOut']
export type TimelineEntry = Schemas['EventOut']
export type Verdict = Schemas['PlacementOut']['agents'][number]

const REFETCH_MS = 60_000
const MEASURE_MS = 5000

const path = (id: string) => ({ path: { session_id: id } })

/** Who takes part now. */
export function connectionsQuery(id: string) {
  return queryOptions({
    queryKey: [...sessionKeys.about(id), 'connections'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/sessions/{session_id}/connections', { params: path(id), signal })),
    refetchInterval: REFETCH_MS / 2,
  })
}

export function timelineQuery(id: string) {
  return queryOptions({
    queryKey: [...sessionKeys.about(id), 'events'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/sessions/{session_id}/events', { params: path(id), signal })),
    refetchInterval: REFETCH_MS,
  })
}

export function placementQuery(id: string) {
  return queryOptions({
    queryKey: [...sessionKeys.about(id), 'placement'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/sessions/{session_id}/placement', { params: path(id), signal })),
  })
}

/** What a running session uses now; its machine is asked each time, so events do not ask again. */
export function usageQuery(id: string) {
  return queryOptions({
    queryKey: [...sessionKeys.all, 'usage', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/sessions/{session_id}/usage', { params: path(id), signal })),
    refetchInterval: MEASURE_MS,
    retry: false,
  })
}

/** Changes tags, or resources while the session is hibernated. */
export function useUpdateSession(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: {
      tags?: string[]
      resources?: { cpu?: string; memory?: string }
    }): Promise<Session> => unwrap(api.PATCH('/api/v1/sessions/{session_id}', { params: path(id), body })),
    onSuccess: (session) => applySession(queryClient, session),
  })
}

export function useEndConnection(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (connectionId: string) =>
      unwrap(
        api.DELETE('/api/v1/sessions/{session_id}/connections/{connection_id}', {
          params: { path: { session_id: id, connection_id: connectionId } },
        }),
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionKeys.about(id) }),
  })
}

/** Gives keyboard and mouse to one connection, or with null back to all who may have them. */
export function useGiveControl(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (connectionId: string | null) =>
      connectionId === null
        ? unwrap(api.DELETE('/api/v1/sessions/{session_id}/control', { params: path(id) }))
        : unwrap(
            api.POST('/api/v1/sessions/{session_id}/control', { params: path(id), body: { connectionId } }),
          ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionKeys.about(id) }),
  })
}

export function useAskForControl(id: string) {
  return useMutation({
    mutationFn: (connectionId: string) =>
      unwrap(
        api.POST('/api/v1/sessions/{session_id}/control/request', {
          params: path(id),
          body: { connectionId },
        }),
      ),
  })
}
