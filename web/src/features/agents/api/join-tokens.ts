import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'
import { refetchMs } from '@/lib/live-status'

import { agentKeys } from './agents'

export type JoinToken = components['schemas']['JoinTokenOut']
export type JoinTokenIn = components['schemas']['JoinTokenIn']

export function joinTokensQuery() {
  return queryOptions({
    queryKey: agentKeys.joinTokens(),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/agents/join-tokens', { signal })),
    refetchInterval: refetchMs,
  })
}

export function useCreateJoinToken() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: JoinTokenIn) => unwrap(api.POST('/api/v1/agents/join-tokens', { body })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: agentKeys.joinTokens() }),
    // The token is shown once; nothing of it stays in memory when the dialog has closed.
    gcTime: 0,
  })
}

export function useRevokeJoinToken() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE('/api/v1/agents/join-tokens/{token_id}', { params: { path: { token_id: id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: agentKeys.joinTokens() }),
  })
}

/** Those an agent may be given to; only who administers all of them sees more than one. */
export function organizationNamesQuery() {
  return queryOptions({
    queryKey: [...agentKeys.all, 'organizations'] as const,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/organizations', { params: { query: { limit: 200 } }, signal })),
    staleTime: 60_000,
  })
}
