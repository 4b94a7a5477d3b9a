import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import { meQuery } from '@/api/me'
import { createPasskey } from '@/api/passkeys'

export function mfaQuery() {
  return queryOptions({
    queryKey: ['account', 'mfa'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/security/mfa/methods', { signal })),
  })
}

/** What somebody has set up changes the list and what the profile says about it. */
function useForget(): () => Promise<unknown> {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: mfaQuery().queryKey }),
      queryClient.invalidateQueries({ queryKey: meQuery().queryKey }),
    ])
}

/** The password is wanted when the sign-in was a while ago. */
export interface NewFactor {
  name: string
  password?: string
}

/** Asks for a secret; it counts once `useConfirmTotp` has proved it. */
export function useStartTotp() {
  return useMutation({
    mutationFn: ({ name, password }: NewFactor) =>
      unwrap(api.POST('/api/v1/security/mfa/setup', { body: { type: 'totp', name, password } })),
  })
}

export function useConfirmTotp() {
  const onSuccess = useForget()
  return useMutation({
    mutationFn: ({ id, code }: { id: string; code: string }) =>
      unwrap(
        api.POST('/api/v1/security/mfa/{mfa_id}/verify-setup', {
          params: { path: { mfa_id: id } },
          body: { code },
        }),
      ),
    onSuccess,
  })
}

export function useAddPasskey() {
  const onSuccess = useForget()
  return useMutation({
    mutationFn: async ({ name, password }: NewFactor) => {
      const { token, options } = await unwrap(
        api.POST('/api/v1/security/mfa/passkeys/options', { body: { name, password } }),
      )
      const credential = await createPasskey(options)
      return unwrap(api.POST('/api/v1/security/mfa/passkeys', { body: { token, name, credential } }))
    },
    onSuccess,
  })
}

export function useRenameFactor() {
  const onSuccess = useForget()
  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      unwrap(
        api.PATCH('/api/v1/security/mfa/{mfa_id}', { params: { path: { mfa_id: id } }, body: { name } }),
      ),
    onSuccess,
  })
}

/** People with a password give it; others must have signed in a moment ago. */
export function useRemoveFactor() {
  const onSuccess = useForget()
  return useMutation({
    mutationFn: ({ id, password }: { id: string; password?: string }) =>
      unwrap(
        api.DELETE('/api/v1/security/mfa/{mfa_id}', { params: { path: { mfa_id: id } }, body: { password } }),
      ),
    onSuccess,
  })
}

export function useNewBackupCodes() {
  const onSuccess = useForget()
  return useMutation({
    mutationFn: ({ password }: { password?: string }) =>
      unwrap(api.POST('/api/v1/security/mfa/backup-codes', { body: { password } })),
    onSuccess,
  })
}
