import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import { getPasskey } from '@/api/passkeys'

const cookie = true

/** Every way in forgets what somebody else may have left in the cache. */
function useWayIn<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const queryClient = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => queryClient.clear() })
}

export function useSignIn() {
  return useWayIn((input: { username: string; password: string }) =>
    unwrap(api.POST('/api/v1/auth/login', { body: { ...input, cookie } })),
  )
}

/** The second step with a code from an application or from the list of backup codes. */
export function useSendCode(mfaToken: string) {
  return useWayIn((code: string) =>
    unwrap(api.POST('/api/v1/auth/mfa', { body: { mfaToken, code, cookie } })),
  )
}

/** The second step with a passkey. */
export function useSecondPasskey(mfaToken: string) {
  return useWayIn(async () => {
    const { token, options } = await unwrap(
      api.POST('/api/v1/auth/mfa/passkey-options', { body: { mfaToken } }),
    )
    const credential = await getPasskey(options)
    return unwrap(api.POST('/api/v1/auth/mfa', { body: { mfaToken, token, credential, cookie } }))
  })
}

/** A passkey instead of name and password; the browser offers those it has for this site. */
export function usePasskeySignIn() {
  return useWayIn(async () => {
    const { token, options } = await unwrap(api.POST('/api/v1/auth/passkey/options'))
    const credential = await getPasskey(options)
    return unwrap(api.POST('/api/v1/auth/passkey', { body: { token, credential, cookie } }))
  })
}
