import { queryOptions, useMutation, useQueryClient, infiniteQueryOptions } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import { ApiError } from '@/api/errors'
import type { components } from '@/api/schema'

import { agentKeys, HEARTBEAT_MS } from './agents'

export type Command = components['schemas']['CommandOut']
export type Order = components['schemas']['CommandIn']['action']
export type Sample = components['schemas']['UsageSampleOut']

const path = (id: string) => ({ path: { agent_id: id } })
const COMMANDS = 20

export function agentQuery(id: string) {
  return queryOptions({
    queryKey: agentKeys.one(id),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/agents/{agent_id}', { params: path(id), signal })),
    retry: (failures, error) => !(error instanceof ApiError && error.status === 404) && failures < 2,
    refetchInterval: HEARTBEAT_MS,
  })
}

export function usageQuery(id: string, hours: number) {
  return queryOptions({
    queryKey: [...agentKeys.about(id), 'usage', hours] as const,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/agents/{agent_id}/usage', { params: { ...path(id), query: { hours } }, signal }),
      ),
    refetchInterval: 60_000,
  })
}

export function agentSessionsQuery(id: string) {
  return queryOptions({
    queryKey: [...agentKeys.about(id), 'sessions'] as const,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/sessions', {
          params: {
            query: {
              agent: id,
              state: ['pending', 'starting', 'running', 'hibernating', 'hibernated', 'waking', 'terminating'],
              limit: 100,
            },
          },
          signal,
        }),
      ),
    refetchInterval: HEARTBEAT_MS,
  })
}

export function commandsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...agentKeys.about(id), 'commands'] as const,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/agents/{agent_id}/commands', {
          params: { ...path(id), query: { limit: COMMANDS, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // One that is under way ends soon.
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.commands.some(isUnderWay)) ? 2000 : HEARTBEAT_MS,
  })
}

export function isUnderWay(command: Command): boolean {
  return command.status !== 'completed' && command.status !== 'failed'
}

export function useOrder(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (action: Order) =>
      unwrap(api.POST('/api/v1/agents/{agent_id}/command', { params: path(id), body: { action } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: agentKeys.about(id) }),
  })
}

export function useGenerateKey(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/agents/{agent_id}/generate-key', { params: path(id) })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: agentKeys.all }),
    // The key is shown once; nothing of it stays in memory when the dialog has closed.
    gcTime: 0,
  })
}
