import { useSyncExternalStore } from 'react'

export type LiveStatus = 'connecting' | 'open' | 'down'

let status: LiveStatus = 'connecting'
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const liveStatus = {
  get: () => status,
  set(next: LiveStatus) {
    if (next === status) return
    status = next
    for (const listener of listeners) listener()
  },
}

export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(subscribe, liveStatus.get)
}

/** How often to ask again: seldom while events arrive, often while they do not. */
export function refetchMs(): number {
  return status === 'open' ? 60_000 : 10_000
}
