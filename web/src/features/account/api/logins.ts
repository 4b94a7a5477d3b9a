import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'

export function loginsQuery() {
  return queryOptions({
    queryKey: ['account', 'logins'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/auth/logins', { signal })),
    refetchInterval: 60_000,
  })
}

export function useEndLogin() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE('/api/v1/auth/logins/{login_id}', { params: { path: { login_id: id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: loginsQuery().queryKey }),
  })
}

export function useEndOtherLogins() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/auth/logins')),
    onSettled: () => queryClient.invalidateQueries({ queryKey: loginsQuery().queryKey }),
  })
}
