import { queryOptions, useMutation } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'

export function useInstallPackages() {
  return useMutation({
    mutationFn: ({ agentId, template }: { agentId: string; template: string }) =>
      unwrap(
        api.POST('/api/v1/agents/{agent_id}/packages', {
          params: { path: { agent_id: agentId } },
          body: { template },
        }),
      ),
  })
}

export function hasEnded(status: string | undefined): boolean {
  return status === 'completed' || status === 'failed' || status === 'expired' || status === 'cancelled'
}

/** One command of an agent, asked for every second until it has ended. */
export function commandQuery(agentId: string, commandId: string) {
  return queryOptions({
    queryKey: ['agents', 'command', agentId, commandId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/agents/{agent_id}/commands/{command_id}', {
          params: { path: { agent_id: agentId, command_id: commandId } },
          signal,
        }),
      ),
    refetchInterval: (query) => (hasEnded(query.state.data?.status) ? false : 1000),
  })
}
