import { type RefObject, useCallback, useEffect, useState } from 'react'

import { readEngineMessage } from './engine-message'

/**
 * Talks to the page that the session's engine serves inside the frame. That page is another origin and not trusted:
 * what it says only switches our own buttons.
 */
export function useEngine(frame: RefObject<HTMLIFrameElement | null>, streamUrl: string | null) {
  const [state, setState] = useState({ answers: false, mayControl: true, panelOpen: false })
  const origin = streamUrl === null ? null : new URL(streamUrl).origin

  useEffect(() => {
    if (origin === null) return
    const listen = (event: MessageEvent) => {
      if (event.origin !== origin || event.source !== frame.current?.contentWindow) return
      const message = readEngineMessage(event.data)
      if (message) setState((before) => ({ ...before, ...message }))
    }
    window.addEventListener('message', listen)
    return () => window.removeEventListener('message', listen)
  }, [frame, origin])

  const say = useCallback(
    (type: 'hello' | 'toggleDashboard') => {
      if (origin !== null) frame.current?.contentWindow?.postMessage({ streamspace: { type } }, origin)
    },
    [frame, origin],
  )
  return { ...state, say }
}
