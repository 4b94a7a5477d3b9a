import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import type { QuotaLimits } from '@/api/admin-types'
import { api, unwrap } from '@/api/client'
import { refetchMs } from '@/lib/live-status'

export const quotaKeys = { all: ['quotas'] as const }

export function quotasQuery() {
  return infiniteQueryOptions({
    queryKey: [...quotaKeys.all, 'list'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/admin/quotas', {
          params: { query: { limit: 500, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: refetchMs,
  })
}

export function defaultsQuery() {
  return queryOptions({
    queryKey: [...quotaKeys.all, 'defaults'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/quotas/defaults', { signal })),
  })
}

function useOnQuotas<In>(send: (input: In) => Promise<unknown>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: quotaKeys.all }),
        queryClient.invalidateQueries({ queryKey: ['people'] }),
      ]),
  })
}

export function useSetQuota(username: string) {
  return useOnQuotas((limits: QuotaLimits | null) =>
    limits === null
      ? unwrap(api.DELETE('/api/v1/admin/quotas/{username}', { params: { path: { username } } }))
      : unwrap(api.PUT('/api/v1/admin/quotas', { body: { username, ...limits } })),
  )
}

export function useSetDefaults() {
  return useOnQuotas((limits: QuotaLimits) => unwrap(api.PUT('/api/v1/quotas/defaults', { body: limits })))
}
