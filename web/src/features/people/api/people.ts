import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'

import type { Person } from '@/api/admin-types'
import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'
import { refetchMs } from '@/lib/live-status'

import type { PeopleSearch } from '../table'

const PAGE = 100

export const peopleKeys = {
  all: ['people'] as const,
  lists: () => [...peopleKeys.all, 'list'] as const,
  list: (search: PeopleSearch) => [...peopleKeys.lists(), search] as const,
  one: (id: string) => [...peopleKeys.all, 'one', id] as const,
}

function fetchPeople(
  { q, sort = 'username', ...filters }: PeopleSearch,
  { limit, cursor, signal }: { limit: number; cursor?: string; signal?: AbortSignal },
) {
  return unwrap(
    api.GET('/api/v1/users', {
      params: { query: { search: q, sort, ...filters, limit, cursor } },
      signal,
    }),
  )
}

export function peopleQuery(search: PeopleSearch) {
  return infiniteQueryOptions({
    queryKey: peopleKeys.list(search),
    queryFn: ({ pageParam, signal }) => fetchPeople(search, { limit: PAGE, cursor: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs,
  })
}

/** The few who fit what somebody types. */
export function peopleHintsQuery(text: string) {
  return queryOptions({
    queryKey: [...peopleKeys.all, 'hints', text],
    queryFn: ({ signal }) => fetchPeople({ q: text }, { limit: 5, signal }),
    placeholderData: keepPreviousData,
  })
}

/** Everybody whom the filters let through, page by page. */
export async function allPeople(search: PeopleSearch): Promise<Person[]> {
  const people: Person[] = []
  let cursor: string | undefined
  do {
    const page = await fetchPeople(search, { limit: 500, cursor })
    people.push(...page.users)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return people
}

export function personQuery(id: string) {
  return queryOptions({
    queryKey: peopleKeys.one(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/users/{user_id}', { params: { path: { user_id: id } }, signal })),
    refetchInterval: refetchMs,
  })
}

export function useCreatePerson() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: components['schemas']['PersonIn']) => unwrap(api.POST('/api/v1/users', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: peopleKeys.lists() }),
  })
}

export type PersonChange = Partial<Pick<Person, 'email' | 'fullName' | 'role' | 'orgRole' | 'active'>>

export function useChangePerson() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: PersonChange }) =>
      unwrap(api.PATCH('/api/v1/users/{user_id}', { params: { path: { user_id: id } }, body: change })),
    onSuccess: (person) => queryClient.setQueryData(personQuery(person.id).queryKey, person),
    onSettled: () => queryClient.invalidateQueries({ queryKey: peopleKeys.all }),
  })
}

export function useDeletePerson() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE('/api/v1/users/{user_id}', { params: { path: { user_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: peopleKeys.lists() }),
  })
}

/** The groups that people can be put into. */
export function groupChoicesQuery() {
  return queryOptions({
    queryKey: ['groups', 'choices'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/groups', { params: { query: { limit: 500 } }, signal })),
  })
}

export function useAddToGroup() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ groupId, userId }: { groupId: string; userId: string }) =>
      unwrap(
        api.POST('/api/v1/groups/{group_id}/members', {
          params: { path: { group_id: groupId } },
          body: { userId, role: 'member' },
        }),
      ),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: peopleKeys.all }),
        queryClient.invalidateQueries({ queryKey: ['groups'] }),
      ]),
  })
}

export function useRemoveFromGroup() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ groupId, userId }: { groupId: string; userId: string }) =>
      unwrap(
        api.DELETE('/api/v1/groups/{group_id}/members/{user_id}', {
          params: { path: { group_id: groupId, user_id: userId } },
        }),
      ),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: peopleKeys.all }),
        queryClient.invalidateQueries({ queryKey: ['groups'] }),
      ]),
  })
}
