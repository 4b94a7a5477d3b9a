import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'

export const agentKeys = { all: ['agents'] as const, list: () => [...agentKeys.all, 'list'] as const }

/** Load changes with every heartbeat (10 s), which is no event of its own. */
export function agentsQuery() {
  return queryOptions({
    queryKey: agentKeys.list(),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/agents', { signal })),
    refetchInterval: 10_000,
  })
}

export type AgentChange = 'approve' | 'reject' | 'drain' | 'undrain' | 'remove'

async function send(agentId: string, change: AgentChange): Promise<void> {
  const params = { path: { agent_id: agentId } }
  switch (change) {
    case 'approve':
      await unwrap(api.POST('/api/v1/agents/{agent_id}/approve', { params }))
      return
    case 'reject':
      await unwrap(api.POST('/api/v1/agents/{agent_id}/reject', { params }))
      return
    case 'drain':
      await unwrap(api.POST('/api/v1/agents/{agent_id}/drain', { params }))
      return
    case 'undrain':
      await unwrap(api.POST('/api/v1/agents/{agent_id}/undrain', { params }))
      return
    case 'remove':
      await unwrap(api.DELETE('/api/v1/agents/{agent_id}', { params }))
  }
}

export function useChangeAgent() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ agentId, change }: { agentId: string; change: AgentChange }) => send(agentId, change),
    onSettled: () => queryClient.invalidateQueries({ queryKey: agentKeys.all }),
  })
}

export function useCreateJoinToken() {
  return useMutation({
    mutationFn: (body: components['schemas']['JoinTokenIn']) =>
      unwrap(api.POST('/api/v1/agents/join-tokens', { body })),
  })
}
