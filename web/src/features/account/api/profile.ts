import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import { meQuery } from '@/api/me'

export function useChangeProfile() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { fullName?: string; email?: string }) =>
      unwrap(api.PATCH('/api/v1/users/me', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: meQuery().queryKey }),
  })
}

export function useChangePassword() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { currentPassword: string; newPassword: string }) =>
      unwrap(api.POST('/api/v1/users/me/password', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['account', 'logins'] }),
  })
}

export function useSetUp() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: {
      password: string
      passwordConfirm: string
      email: string
      organizationName?: string
    }) => unwrap(api.POST('/api/v1/auth/setup', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: meQuery().queryKey }),
  })
}

export function myQuotaQuery() {
  return queryOptions({
    queryKey: ['account', 'quota'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/users/me/quota', { signal })),
    refetchInterval: 15_000,
  })
}

export function groupQuotaQuery(groupId: string) {
  return queryOptions({
    queryKey: ['account', 'quota', 'group', groupId],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/groups/{group_id}/quota', { params: { path: { group_id: groupId } }, signal })),
    refetchInterval: 15_000,
  })
}
