import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import { ApiError } from '@/api/errors'
import { liveStatus, refetchMs } from '@/lib/live-status'

import { ACTIVE, ENDED, isMoving } from '../states'

const PAGE = 100

export interface SessionFilter {
  /** Whose; absent means everybody whom the caller may see. */
  user?: string
  ended: boolean
}

export const sessionKeys = {
  all: ['sessions'] as const,
  lists: () => [...sessionKeys.all, 'list'] as const,
  list: (filter: SessionFilter) => [...sessionKeys.lists(), filter] as const,
  one: (id: string) => [...sessionKeys.all, 'one', id] as const,
  logs: (id: string) => [...sessionKeys.all, 'logs', id] as const,
  /** What is asked for beside the session itself, and is out of date with each event of it. */
  about: (id: string) => [...sessionKeys.all, 'about', id] as const,
}

export function sessionsQuery(filter: SessionFilter) {
  return infiniteQueryOptions({
    queryKey: sessionKeys.list(filter),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/sessions', {
          params: {
            query: {
              user: filter.user,
              state: filter.ended ? ENDED : ACTIVE,
              limit: PAGE,
              cursor: pageParam,
            },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: refetchMs,
  })
}

export function sessionQuery(id: string) {
  return queryOptions({
    queryKey: sessionKeys.one(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/sessions/{session_id}', { params: { path: { session_id: id } }, signal })),
    retry: (failures, error) => !(error instanceof ApiError && error.status === 404) && failures < 2,
    refetchInterval: (query) => {
      const state = query.state.data?.state
      if (state === 'terminated') return false
      if (state && isMoving(state)) return liveStatus.get() === 'open' ? 5000 : 2000
      return refetchMs()
    },
  })
}

export function logsQuery(id: string, follow: boolean) {
  return queryOptions({
    queryKey: sessionKeys.logs(id),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/sessions/{session_id}/logs', {
          params: { path: { session_id: id }, query: { lines: 300 } },
          signal,
        }),
      ),
    refetchInterval: follow ? 3000 : false,
    staleTime: 0,
  })
}
