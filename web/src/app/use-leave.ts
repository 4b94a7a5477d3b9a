import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { useNotifyError } from '@/components/notify'
import { useSignOut } from '@/features/auth/api/sign-out'

/** Signs out and forgets everything that was shown. */
export function useLeave(): () => void {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const notifyError = useNotifyError()
  const signOut = useSignOut()
  return () =>
    signOut.mutate(undefined, {
      onError: notifyError,
      onSuccess: () => {
        void navigate({ to: '/login' }).then(() => queryClient.clear())
      },
    })
}
