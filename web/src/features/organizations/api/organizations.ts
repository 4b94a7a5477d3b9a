import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import type { OrgRole, QuotaLimits } from '@/api/admin-types'
import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'
import { refetchMs } from '@/lib/live-status'

export type Organization = components['schemas']['OrganizationOut']
export type Member = components['schemas']['MemberOut']

export const organizationKeys = {
  all: ['organizations'] as const,
  list: () => [...organizationKeys.all, 'list'] as const,
  one: (id: string) => [...organizationKeys.all, 'one', id] as const,
}

const path = (id: string) => ({ path: { org_id: id } })

export function organizationsQuery() {
  return infiniteQueryOptions({
    queryKey: organizationKeys.list(),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/organizations', {
          params: { query: { limit: 200, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: refetchMs,
  })
}

export function organizationQuery(id: string) {
  return queryOptions({
    queryKey: organizationKeys.one(id),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/organizations/{org_id}', { params: path(id), signal })),
    refetchInterval: refetchMs,
  })
}

export function membersQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...organizationKeys.one(id), 'members'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/organizations/{org_id}/members', {
          params: { ...path(id), query: { limit: 100, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: refetchMs,
  })
}

export function organizationQuotaQuery(id: string) {
  return queryOptions({
    queryKey: [...organizationKeys.one(id), 'quota'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/organizations/{org_id}/quota', { params: path(id), signal })),
    refetchInterval: refetchMs,
  })
}

function useOnOrganizations<In, Out>(send: (input: In) => Promise<Out>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: organizationKeys.all }),
        // The header names the organisation, and whether it wants a second factor.
        queryClient.invalidateQueries({ queryKey: ['me'] }),
      ]),
  })
}

export function useCreateOrganization() {
  return useOnOrganizations((body: components['schemas']['OrganizationIn']) =>
    unwrap(api.POST('/api/v1/organizations', { body })),
  )
}

export type OrganizationChange = Partial<
  Pick<Organization, 'displayName' | 'description' | 'k8sNamespace' | 'status' | 'requireMfa' | 'guestLinks'>
>

export function useChangeOrganization(id: string) {
  return useOnOrganizations((change: OrganizationChange) =>
    unwrap(api.PATCH('/api/v1/organizations/{org_id}', { params: path(id), body: change })),
  )
}

export function useDeleteOrganization(id: string) {
  return useOnOrganizations<undefined, unknown>(() =>
    unwrap(api.DELETE('/api/v1/organizations/{org_id}', { params: path(id) })),
  )
}

export type NewMember = { orgRole: OrgRole } & ({ userId: string } | { username: string })

export function useAddMember(id: string) {
  return useOnOrganizations((member: NewMember) =>
    unwrap(api.POST('/api/v1/organizations/{org_id}/members', { params: path(id), body: member })),
  )
}

/** Gives another role or, without one, takes somebody out. */
export function useSetMember(id: string) {
  return useOnOrganizations(({ userId, orgRole }: { userId: string; orgRole: OrgRole | null }) => {
    const params = { path: { org_id: id, user_id: userId } }
    return orgRole === null
      ? unwrap(api.DELETE('/api/v1/organizations/{org_id}/members/{user_id}', { params }))
      : unwrap(api.PATCH('/api/v1/organizations/{org_id}/members/{user_id}', { params, body: { orgRole } }))
  })
}

export function useSetOrganizationQuota(id: string) {
  return useOnOrganizations((limits: QuotaLimits | null) =>
    limits === null
      ? unwrap(api.DELETE('/api/v1/organizations/{org_id}/quota', { params: path(id) }))
      : unwrap(api.PUT('/api/v1/organizations/{org_id}/quota', { params: path(id), body: limits })),
  )
}
