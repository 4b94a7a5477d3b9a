import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/api/client'
import type { Session, SessionState } from '@/api/types'

import { applySession } from '../live'
import { sessionKeys } from './sessions'

export type Change = 'hibernate' | 'wake' | 'stop'

const ON_THE_WAY: Record<Change, SessionState> = {
  hibernate: 'hibernating',
  wake: 'waking',
  stop: 'terminating',
}

async function send(id: string, change: Change): Promise<Session> {
  const params = { path: { session_id: id } }
  if (change === 'stop') return unwrap(api.DELETE('/api/v1/sessions/{session_id}', { params }))
  return unwrap(
    change === 'wake'
      ? api.PUT('/api/v1/sessions/{session_id}/wake', { params })
      : api.PUT('/api/v1/sessions/{session_id}/hibernate', { params }),
  )
}

/** Hibernates, wakes or stops sessions; shown at once, taken back when the server refuses. */
export function useChangeSession() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ session, change }: { session: Session; change: Change }) => send(session.id, change),
    onMutate: ({ session, change }) => applySession(queryClient, { ...session, state: ON_THE_WAY[change] }),
    onSuccess: (session) => applySession(queryClient, session),
    onError: () => queryClient.invalidateQueries({ queryKey: sessionKeys.all }),
  })
}
