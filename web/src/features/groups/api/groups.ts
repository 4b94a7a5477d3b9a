import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import type { Group, GroupRole, QuotaLimits } from '@/api/admin-types'
import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'
import { refetchMs } from '@/lib/live-status'

export const groupKeys = {
  all: ['groups'] as const,
  tree: () => [...groupKeys.all, 'tree'] as const,
  one: (id: string) => [...groupKeys.all, 'one', id] as const,
}

const path = (id: string) => ({ path: { group_id: id } })

/** All groups: a tree cannot be paged. */
async function fetchAll(signal: AbortSignal): Promise<Group[]> {
  const groups: Group[] = []
  let cursor: string | undefined
  do {
    const page = await unwrap(
      api.GET('/api/v1/groups', { params: { query: { limit: 500, cursor } }, signal }),
    )
    groups.push(...page.groups)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return groups
}

export function groupsQuery() {
  return queryOptions({
    queryKey: groupKeys.tree(),
    queryFn: ({ signal }) => fetchAll(signal),
    refetchInterval: refetchMs,
  })
}

export function groupQuery(id: string) {
  return queryOptions({
    queryKey: groupKeys.one(id),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/groups/{group_id}', { params: path(id), signal })),
    refetchInterval: refetchMs,
  })
}

export type Member = components['schemas']['GroupMemberOut']

export function membersQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...groupKeys.one(id), 'members'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/groups/{group_id}/members', {
          params: { ...path(id), query: { limit: 200, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: refetchMs,
  })
}

export function groupQuotaQuery(id: string) {
  return queryOptions({
    queryKey: [...groupKeys.one(id), 'quota'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/groups/{group_id}/quota', { params: path(id), signal })),
    refetchInterval: refetchMs,
  })
}

function useOnGroups<In, Out>(send: (input: In) => Promise<Out>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: groupKeys.all }),
        queryClient.invalidateQueries({ queryKey: ['people'] }),
        // The menu leads to one's groups if there are any.
        queryClient.invalidateQueries({ queryKey: ['me'] }),
      ]),
  })
}

export interface GroupFields {
  name: string
  displayName: string
  description: string
  type: Group['type']
  parentId: string | null
}

export function useCreateGroup() {
  return useOnGroups((fields: GroupFields) =>
    unwrap(
      api.POST('/api/v1/groups', {
        body: { ...fields, parentId: fields.parentId ?? undefined },
      }),
    ),
  )
}

export function useChangeGroup() {
  return useOnGroups(({ id, change }: { id: string; change: Partial<Omit<GroupFields, 'name'>> }) =>
    unwrap(api.PATCH('/api/v1/groups/{group_id}', { params: path(id), body: change })),
  )
}

export function useDeleteGroup() {
  return useOnGroups((id: string) => unwrap(api.DELETE('/api/v1/groups/{group_id}', { params: path(id) })))
}

export type NewMember = { role: GroupRole } & ({ userId: string } | { username: string })

export function useAddMember(id: string) {
  return useOnGroups((member: NewMember) =>
    unwrap(api.POST('/api/v1/groups/{group_id}/members', { params: path(id), body: member })),
  )
}

/** Gives another role or, without one, takes somebody out. */
export function useSetMember(id: string) {
  return useOnGroups(({ userId, role }: { userId: string; role: GroupRole | null }) => {
    const params = { path: { group_id: id, user_id: userId } }
    return role === null
      ? unwrap(api.DELETE('/api/v1/groups/{group_id}/members/{user_id}', { params }))
      : unwrap(api.PATCH('/api/v1/groups/{group_id}/members/{user_id}', { params, body: { role } }))
  })
}

export function useSetGroupQuota(id: string) {
  return useOnGroups((limits: QuotaLimits | null) =>
    limits === null
      ? unwrap(api.DELETE('/api/v1/groups/{group_id}/quota', { params: path(id) }))
      : unwrap(api.PUT('/api/v1/groups/{group_id}/quota', { params: path(id), body: limits })),
  )
}
