import { useMutation } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import type { User } from '@/api/types'
import { announceSignOut } from '@/lib/tabs'

/** Where to go on to, to sign out at the identity provider too; asked before, while there is a login. */
async function providerUrl(): Promise<string | null> {
  try {
    return (await unwrap(api.GET('/api/v1/auth/logout-url'))).url ?? null
  } catch {
    // A provider that does not answer keeps nobody from signing out here.
    return null
  }
}

export function useSignOut() {
  return useMutation({
    mutationFn: async (me: User) => {
      const url = me.provider === 'local' ? null : await providerUrl()
      await unwrap(api.POST('/api/v1/auth/logout'))
      return url
    },
    onSuccess: announceSignOut,
  })
}
