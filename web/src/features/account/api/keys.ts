import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'

const keys = { all: ['account', 'keys'] as const }

export function keysQuery() {
  return queryOptions({
    queryKey: [...keys.all, 'list'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/api-keys', { signal })),
  })
}

export function scopesQuery() {
  return queryOptions({
    queryKey: [...keys.all, 'scopes'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/api-keys/scopes', { signal })),
    staleTime: 10 * 60_000,
  })
}

export interface NewKey {
  name: string
  description?: string
  scopes: string[]
  expiresIn?: string
  allowedIps?: string[]
}

export function useCreateKey() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: NewKey) => unwrap(api.POST('/api/v1/api-keys', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keysQuery().queryKey }),
  })
}

export function useRevokeKey() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.POST('/api/v1/api-keys/{key_id}/revoke', { params: { path: { key_id: id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keysQuery().queryKey }),
  })
}
