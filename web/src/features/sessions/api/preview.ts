import { keepPreviousData, queryOptions } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'

import { sessionKeys } from './sessions'
import type { StartWish } from './start-session'

export type Preview = components['schemas']['PreviewOut']

/** What would become of a session if it were started now. Nothing is. */
export function previewQuery(wish: StartWish) {
  return queryOptions({
    queryKey: [...sessionKeys.all, 'preview', wish],
    queryFn: async ({ signal }) => {
      const answer = await unwrap(
        api.POST('/api/v1/sessions', { params: { query: { dryRun: true } }, body: wish, signal }),
      )
      // Only without `dryRun` it is a session.
      return answer as Preview
    },
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
    staleTime: 0,
  })
}

export function limitsQuery() {
  return queryOptions({
    queryKey: [...sessionKeys.all, 'limits'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/users/me/quota', { signal })),
  })
}
