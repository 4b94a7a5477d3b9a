const channel = 'BroadcastChannel' in window ? new BroadcastChannel('streamspace') : null

/** Tells the other tabs that nobody is signed in any more. */
export function announceSignOut(): void {
  channel?.postMessage('signed-out')
}

/** Tells the other tabs that the login is in another organisation now. */
export function announceSwitch(): void {
  channel?.postMessage('switched')
}

function onMessage(wanted: string, listener: () => void): () => void {
  const handler = (event: MessageEvent<unknown>) => {
    if (event.data === wanted) listener()
  }
  channel?.addEventListener('message', handler)
  return () => channel?.removeEventListener('message', handler)
}

export function onSignOutElsewhere(listener: () => void): () => void {
  return onMessage('signed-out', listener)
}

export function onSwitchElsewhere(listener: () => void): () => void {
  return onMessage('switched', listener)
}
