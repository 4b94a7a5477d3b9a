import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type Kind = Schemas['ProviderOut']['kind']
export type GroupRule = Schemas['GroupRuleIO']
export type Provider = Schemas['ProviderOut']
export type Preset = Schemas['PresetOut']
export type ProviderFields = Schemas['ProviderPatch']
export type NewProvider = Schemas['ProviderIn']

const KEY = ['providers'] as const
const path = (id: string) => ({ path: { provider_id: id } })

export function providersQuery() {
  return queryOptions({
    queryKey: [...KEY, 'list'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/identity-providers', { signal })),
  })
}

export function presetsQuery() {
  return queryOptions({
    queryKey: [...KEY, 'presets'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/identity-providers/presets', { signal })),
    staleTime: Infinity,
  })
}

export function providerQuery(id: string) {
  return queryOptions({
    queryKey: [...KEY, 'one', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/identity-providers/{provider_id}', { params: path(id), signal })),
  })
}

function useOnProviders<In, Out>(send: (input: In) => Promise<Out>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY }),
  })
}

export function useCreateProvider() {
  return useOnProviders((body: NewProvider) => unwrap(api.POST('/api/v1/identity-providers', { body })))
}

export function useChangeProvider() {
  return useOnProviders(({ id, change }: { id: string; change: ProviderFields }) =>
    unwrap(api.PATCH('/api/v1/identity-providers/{provider_id}', { params: path(id), body: change })),
  )
}

export function useDeleteProvider() {
  return useOnProviders((id: string) =>
    unwrap(api.DELETE('/api/v1/identity-providers/{provider_id}', { params: path(id) })),
  )
}

export function useTestProvider() {
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.POST('/api/v1/identity-providers/{provider_id}/test', { params: path(id) })),
  })
}
