type Listener = (message: unknown) => void

const listeners = new Set<Listener>()

/** Hears each event of the socket while it is mounted; returns what ends that. */
export function onLiveEvent(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function tellLiveEvent(message: unknown): void {
  for (const listener of listeners) listener(message)
}
