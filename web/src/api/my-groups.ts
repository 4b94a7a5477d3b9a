import { queryOptions } from '@tanstack/react-query'

import { api, unwrap } from './client'

/** The groups somebody is in, with their role there. */
export function myGroupsQuery(userId: string) {
  return queryOptions({
    queryKey: ['groups', 'mine', userId],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/users/{user_id}/groups', { params: { path: { user_id: userId } }, signal })),
  })
}
