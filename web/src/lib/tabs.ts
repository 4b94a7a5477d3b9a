const channel = 'BroadcastChannel' in window ? new BroadcastChannel('streamspace') : null

/** Tells the other tabs that nobody is signed in any more. */
export function announceSignOut(): void {
  channel?.postMessage('signed-out')
}

export function onSignOutElsewhere(listener: () => void): () => void {
  const handler = (event: MessageEvent<unknown>) => {
    if (event.data === 'signed-out') listener()
  }
  channel?.addEventListener('message', handler)
  return () => channel?.removeEventListener('message', handler)
}
