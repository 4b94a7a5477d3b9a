import { infiniteQueryOptions, useMutation } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'
import { liveStatus } from '@/lib/live-status'

import { toQuery, type AuditSearch } from '../filter'

export type AuditEntry = components['schemas']['AuditEntryOut']
export type Verdict = components['schemas']['VerifyOut']

const PAGE = 100
const LIVE_MS = 5000

/** The newest first. The first page follows what happens; who reads older ones is left in peace. */
export function auditQuery(search: AuditSearch) {
  return infiniteQueryOptions({
    queryKey: ['audit', search],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/admin/audit', {
          params: { query: { ...toQuery(search), limit: PAGE, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: (query) =>
      (query.state.data?.pages.length ?? 0) > 1 || liveStatus.get() === 'down' ? false : LIVE_MS,
  })
}

export function useVerify() {
  return useMutation({
    mutationFn: () => unwrap(api.GET('/api/v1/admin/audit/verify')),
  })
}
