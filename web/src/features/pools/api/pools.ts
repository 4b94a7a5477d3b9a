import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'

export type Pool = components['schemas']['PoolOut']
export type NewPool = components['schemas']['PoolIn']
export type PoolChange = components['schemas']['PoolPatch']

const KEY = ['pools'] as const
/** Pools fill by themselves, which is no event. */
const REFETCH_MS = 5000

export function poolsQuery() {
  return queryOptions({
    queryKey: KEY,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/pools', { signal })),
    refetchInterval: REFETCH_MS,
  })
}

/** The applications that the streaming engine shows: only those can be started ahead. */
export function applicationsQuery() {
  return queryOptions({
    queryKey: [...KEY, 'applications'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/templates', { signal })),
    select: (found) => found.templates.filter((one) => one.streamingProtocol === 'selkies'),
    staleTime: 60_000,
  })
}

export function machinesQuery(enabled: boolean) {
  return queryOptions({
    queryKey: [...KEY, 'machines'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/agents', { signal })),
    select: (found) => found.agents.map((one) => one.agentId),
    staleTime: 60_000,
    enabled,
  })
}

function useOnPools<In>(send: (input: In) => Promise<unknown>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY, exact: true }),
  })
}

export function useCreatePool() {
  return useOnPools((body: NewPool) => unwrap(api.POST('/api/v1/pools', { body })))
}

export function useChangePool(id: string) {
  return useOnPools((body: PoolChange) =>
    unwrap(api.PATCH('/api/v1/pools/{pool_id}', { params: { path: { pool_id: id } }, body })),
  )
}

export function useDeletePool() {
  return useOnPools((id: string) =>
    unwrap(api.DELETE('/api/v1/pools/{pool_id}', { params: { path: { pool_id: id } } })),
  )
}
