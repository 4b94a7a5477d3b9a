import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { meQuery } from '@/api/me'
import { useNotifyError } from '@/components/notify'
import { useSwitchOrganization } from '@/features/sign-in/api/switch-organization'
import { announceSwitch } from '@/lib/tabs'

/** Forgets what belongs to the organisation that was left; what is on the screen is asked for anew. */
export async function startOver(queryClient: QueryClient): Promise<void> {
  const { queryKey } = meQuery()
  await queryClient.cancelQueries()
  await queryClient.query({ ...meQuery(), staleTime: 0 })
  const isMe = (key: readonly unknown[]) => key[0] === queryKey[0]
  queryClient.removeQueries({ type: 'inactive', predicate: (query) => !isMe(query.queryKey) })
  await queryClient.resetQueries({ predicate: (query) => !isMe(query.queryKey) })
}

/** Goes over to another of one's organisations, in all tabs; this one goes home first unless it is to `stay`. */
export function useSwitch({ stay = false } = {}): {
  switchTo: (orgId: string) => void
  isSwitching: boolean
} {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const notifyError = useNotifyError()
  const change = useSwitchOrganization()
  return {
    isSwitching: change.isPending,
    switchTo: (orgId) =>
      change.mutate(orgId, {
        onError: notifyError,
        onSuccess: () => {
          announceSwitch()
          // First away from a page about something that the other organisation does not have.
          const left = stay ? Promise.resolve() : navigate({ to: '/' })
          void left.then(() => startOver(queryClient))
        },
      }),
  }
}
