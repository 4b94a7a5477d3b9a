import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'

export type AgentPatch = components['schemas']['AgentPatch']

export const agentKeys = {
  all: ['agents'] as const,
  list: () => [...agentKeys.all, 'list'] as const,
  one: (id: string) => [...agentKeys.all, 'one', id] as const,
  /** What is asked for beside the agent itself. */
  about: (id: string) => [...agentKeys.all, 'about', id] as const,
  joinTokens: () => [...agentKeys.all, 'join-tokens'] as const,
}

/** Load changes with every heartbeat (10 s), which is no event of its own. */
export const HEARTBEAT_MS = 10_000

export function agentsQuery() {
  return queryOptions({
    queryKey: agentKeys.list(),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/agents', { signal })),
    refetchInterval: HEARTBEAT_MS,
  })
}

export type AgentChange =
  | {
      what: 'approve' | 'reject' | 'undrain' | 'cordon' | 'uncordon' | 'rotate-key' | 'revoke-key' | 'remove'
    }
  | { what: 'drain'; evict: boolean }
  | { what: 'update'; patch: AgentPatch }

async function send(agentId: string, change: AgentChange): Promise<void> {
  const params = { path: { agent_id: agentId } }
  switch (change.what) {
    case 'approve':
      await unwrap(api.POST('/api/v1/agents/{agent_id}/approve', { params }))
      return
    case 'reject':
      await unwrap(api.POST('/api/v1/agents/{agent_id}/reject', { params }))
      return
    case 'drain': {
      const query = change.evict ? { evict: 'hibernate' as const } : {}
      await unwrap(api.POST('/api/v1/agents/{agent_id}/drain', { params: { ...params, query } }))
      return
    }
    case 'undrain':
      await unwrap(api.POST('/api/v1/agents/{agent_id}/undrain', { params }))
      return
    case 'cordon':
      await unwrap(api.POST('/api/v1/agents/{agent_id}/cordon', { params }))
      return
    case 'uncordon':
      await unwrap(api.POST('/api/v1/agents/{agent_id}/uncordon', { params }))
      return
    case 'rotate-key':
      await unwrap(api.POST('/api/v1/agents/{agent_id}/rotate-key', { params }))
      return
    case 'revoke-key':
      await unwrap(api.POST('/api/v1/agents/{agent_id}/revoke-key', { params }))
      return
    case 'update':
      await unwrap(api.PATCH('/api/v1/agents/{agent_id}', { params, body: change.patch }))
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
