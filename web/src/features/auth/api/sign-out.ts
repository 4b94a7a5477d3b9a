import { useMutation } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import { announceSignOut } from '@/lib/tabs'

export function useSignOut() {
  return useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/auth/logout')),
    onSuccess: announceSignOut,
  })
}
