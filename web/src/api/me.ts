import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'

import { api, unwrap } from './client'
import type { User } from './types'

export function meQuery() {
  return queryOptions({
    queryKey: ['me'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/users/me', { signal })),
    staleTime: 5 * 60_000,
  })
}

/** The signed-in person. Only for pages behind the login, where the router has loaded it. */
export function useMe(): User {
  return useSuspenseQuery(meQuery()).data
}
