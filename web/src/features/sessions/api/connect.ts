import { api, unwrap } from '@/api/client'
import type { Connection } from '@/api/types'

export function connect(id: string): Promise<Connection> {
  return unwrap(api.POST('/api/v1/sessions/{session_id}/connect', { params: { path: { session_id: id } } }))
}

export async function heartbeat(id: string, connectionId: string): Promise<void> {
  await unwrap(
    api.POST('/api/v1/sessions/{session_id}/heartbeat', {
      params: { path: { session_id: id }, query: { connectionId } },
    }),
  )
}

/** Says goodbye, also while the page goes away; nobody waits for the answer. */
export function disconnect(id: string, connectionId: string): void {
  const query = new URLSearchParams({ connectionId })
  fetch(`/api/v1/sessions/${encodeURIComponent(id)}/disconnect?${query.toString()}`, {
    method: 'POST',
    credentials: 'same-origin',
    keepalive: true,
  }).catch(() => undefined)
}
