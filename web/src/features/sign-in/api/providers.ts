import { queryOptions } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'

/** The ways to sign in that this platform offers. */
export function providersQuery() {
  return queryOptions({
    queryKey: ['providers', 'public'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/auth/providers', { signal })),
    staleTime: 60_000,
  })
}
