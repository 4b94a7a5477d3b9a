import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { refetchMs } from '@/lib/live-status'

import { api, unwrap } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type EffectivePolicy = Schemas['EffectivePolicyOut']
export type StoredPolicy = Schemas['PolicyOut']
/** What is said from now on; null leaves a thing to others. */
export type PolicyChoices = Schemas['PolicyIn']
/** Who may have a policy of their own. */
export type PolicyOwner = { kind: 'organization' | 'group'; id: string }

const keys = { all: ['policies'] as const }

export function policyQuery({ kind, id }: PolicyOwner) {
  return queryOptions({
    queryKey: [...keys.all, kind, id],
    queryFn: ({ signal }) =>
      kind === 'organization'
        ? unwrap(
            api.GET('/api/v1/organizations/{org_id}/policy', { params: { path: { org_id: id } }, signal }),
          )
        : unwrap(api.GET('/api/v1/groups/{group_id}/policy', { params: { path: { group_id: id } }, signal })),
    refetchInterval: refetchMs,
  })
}

export function sessionPolicyQuery(id: string) {
  return queryOptions({
    queryKey: [...keys.all, 'session', id],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/sessions/{session_id}/policy', { params: { path: { session_id: id } }, signal }),
      ),
    refetchInterval: refetchMs,
  })
}

export function useSetPolicy({ kind, id }: PolicyOwner) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: PolicyChoices) =>
      kind === 'organization'
        ? unwrap(api.PUT('/api/v1/organizations/{org_id}/policy', { params: { path: { org_id: id } }, body }))
        : unwrap(api.PUT('/api/v1/groups/{group_id}/policy', { params: { path: { group_id: id } }, body })),
    // What one of them says changes what holds below.
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.all }),
  })
}
