import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { useMe } from '@/api/me'
import { useNotifyError } from '@/components/notify'
import { useSignOut } from '@/features/sign-in/api/sign-out'

/** Signs out and forgets everything that was shown. */
export function useLeave(): () => void {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const notifyError = useNotifyError()
  const signOut = useSignOut()
  const me = useMe()
  return () =>
    signOut.mutate(me, {
      onError: notifyError,
      onSuccess: (url) => {
        if (url) {
          window.location.assign(url)
          return
        }
        void navigate({ to: '/login' }).then(() => queryClient.clear())
      },
    })
}
