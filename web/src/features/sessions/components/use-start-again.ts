import { useNavigate } from '@tanstack/react-router'

import type { Session } from '@/api/types'
import { useNotifyError } from '@/components/notify'

import { useChangeSession } from '../api/change-session'
import { useStartSession } from '../api/start-session'

/** The same application again, and the viewer with it. */
export function useStartAgain(session: Session) {
  const navigate = useNavigate()
  const notifyError = useNotifyError()
  const start = useStartSession()
  const change = useChangeSession()
  const again = () =>
    start.mutate(
      { template: session.template, like: session },
      {
        onError: notifyError,
        onSuccess: (next) => {
          if (session.state === 'failed') change.mutate({ session, change: 'stop' })
          void navigate({ to: '/sessions/$id', params: { id: next.id }, replace: true })
        },
      },
    )
  return { again, busy: start.isPending }
}
