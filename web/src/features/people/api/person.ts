import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import type { QuotaLimits } from '@/api/admin-types'
import { api, unwrap } from '@/api/client'
import { refetchMs } from '@/lib/live-status'

import { peopleKeys } from './people'

const part = (id: string, name: string) => [...peopleKeys.one(id), name] as const
const path = (id: string) => ({ path: { user_id: id } })

export function personSessionsQuery(id: string) {
  return queryOptions({
    queryKey: part(id, 'sessions'),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/users/{user_id}/sessions', {
          params: path(id),
          signal,
        }),
      ),
    refetchInterval: refetchMs,
  })
}

export function personGroupsQuery(id: string) {
  return queryOptions({
    queryKey: part(id, 'groups'),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/users/{user_id}/groups', {
          params: path(id),
          signal,
        }),
      ),
  })
}

export function personLoginsQuery(id: string) {
  return queryOptions({
    queryKey: part(id, 'logins'),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/users/{user_id}/logins', { params: path(id), signal })),
    refetchInterval: refetchMs,
  })
}

export function personQuotaQuery(id: string) {
  return queryOptions({
    queryKey: part(id, 'quota'),
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/users/{user_id}/quota', { params: path(id), signal })),
    refetchInterval: refetchMs,
  })
}

/** What an administrator does to somebody's account; all of it changes what their page shows. */
function useOnPerson<T>(id: string, send: (input: T) => Promise<unknown>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: peopleKeys.one(id) }),
        queryClient.invalidateQueries({ queryKey: ['quotas'] }),
      ]),
  })
}

export function useSetPersonQuota(id: string) {
  return useOnPerson(id, (limits: QuotaLimits | null) =>
    limits === null
      ? unwrap(api.DELETE('/api/v1/users/{user_id}/quota', { params: path(id) }))
      : unwrap(api.PUT('/api/v1/users/{user_id}/quota', { params: path(id), body: limits })),
  )
}

export function useSetPassword(id: string) {
  return useOnPerson(id, (password: string) =>
    unwrap(api.POST('/api/v1/users/{user_id}/password', { params: path(id), body: { password } })),
  )
}

export function useUnlock(id: string) {
  return useOnPerson<undefined>(id, () =>
    unwrap(api.POST('/api/v1/users/{user_id}/unlock', { params: path(id) })),
  )
}

export function useResetMfa(id: string) {
  return useOnPerson<undefined>(id, () =>
    unwrap(api.DELETE('/api/v1/users/{user_id}/mfa', { params: path(id) })),
  )
}

export function useEndLogin(id: string) {
  return useOnPerson(id, (loginId: string) =>
    unwrap(
      api.DELETE('/api/v1/users/{user_id}/logins/{login_id}', {
        params: { path: { user_id: id, login_id: loginId } },
      }),
    ),
  )
}

export function useEndLogins(id: string) {
  return useOnPerson<undefined>(id, () =>
    unwrap(api.DELETE('/api/v1/users/{user_id}/logins', { params: path(id) })),
  )
}
