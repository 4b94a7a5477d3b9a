import { queryOptions } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import { refetchMs } from '@/lib/live-status'

export const templateKeys = {
  all: ['templates'] as const,
  list: () => [...templateKeys.all, 'list'] as const,
  one: (name: string) => [...templateKeys.all, 'one', name] as const,
}

/** All templates at once: searching while typing needs no request. */
export function templatesQuery() {
  return queryOptions({
    queryKey: templateKeys.list(),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/templates', { signal })),
    staleTime: 60_000,
    refetchInterval: refetchMs,
  })
}

export function templateQuery(name: string) {
  return queryOptions({
    queryKey: templateKeys.one(name),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/templates/{name}', { params: { path: { name } }, signal })),
  })
}
