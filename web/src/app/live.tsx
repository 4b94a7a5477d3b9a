import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'

import { meQuery, useMe } from '@/api/me'
import { agentKeys } from '@/features/agents/api/agents'
import { templateKeys } from '@/features/applications/api/templates'
import { sessionKeys } from '@/features/sessions/api/sessions'
import { followSessionEvent } from '@/features/sessions/live'
import { sharingKeys } from '@/features/shares/api/keys'
import { withTexts } from '@/lib/i18n'
import { LiveSocket } from '@/lib/live-socket'
import { tellLiveEvent } from '@/lib/live-events'
import { liveStatus } from '@/lib/live-status'

import { useShortcuts } from './shortcuts'

const Overlays = lazy(withTexts(() => import('./overlays')))

/** What has to do with sharing, and is rare enough to be loaded when it first happens. */
const NOTICED = ['session.shared', 'session.unshared', 'session.control_requested', 'session.control_changed']
const loadHomeNotice = withTexts(() => import('./home-notice'))
const loadNotices = withTexts(() => import('./sharing-notices'))

function followEvent(queryClient: QueryClient, message: unknown): void {
  const type = (message as { type?: unknown } | null)?.type
  switch (type) {
    case 'hello':
      // What happened while nobody listened is in no event.
      void queryClient.invalidateQueries({ queryKey: sessionKeys.all })
      void queryClient.invalidateQueries({ queryKey: templateKeys.all })
      void queryClient.invalidateQueries({ queryKey: agentKeys.all })
      void queryClient.invalidateQueries({ queryKey: sharingKeys.all })
      break
    case 'templates.changed':
      void queryClient.invalidateQueries({ queryKey: templateKeys.all })
      break
    case 'agents.changed':
      void queryClient.invalidateQueries({ queryKey: agentKeys.all })
      void queryClient.invalidateQueries({ queryKey: templateKeys.all })
      break
    default:
      followSessionEvent(queryClient, message)
      tellLiveEvent(message)
      if (type === 'session.home_full') {
        void loadHomeNotice().then(({ tellHomeFull }) => tellHomeFull(queryClient, message))
      }
      if (typeof type === 'string' && NOTICED.includes(type)) {
        void loadNotices().then(({ followSharing }) => followSharing(queryClient, message))
      }
  }
}

/** The signed-in part: events keep the cached data true, and shortcuts work on every page. */
export function Live() {
  const queryClient = useQueryClient()
  const { orgId } = useMe()
  const [overlay, setOverlay] = useState<'palette' | 'shortcuts' | null>(null)
  useShortcuts({ onPalette: () => setOverlay('palette'), onHelp: () => setOverlay('shortcuts') })

  useEffect(() => {
    const socket = new LiveSocket({
      url: () => `${window.location.origin.replace(/^http/, 'ws')}/api/v1/ws/sessions`,
      onMessage: (message) => followEvent(queryClient, message),
      onStatus: (status) => liveStatus.set(status),
      // Any request renews an expired login, or leads to the sign-in page.
      onRefused: () => void queryClient.query({ ...meQuery(), staleTime: 0 }).catch(() => undefined),
    })
    socket.start()
    return () => socket.stop()
    // The server tells a socket about the organisation that its login was in when it opened.
  }, [queryClient, orgId])

  return (
    <>
      <Outlet />
      {overlay && (
        <Suspense>
          <Overlays shown={overlay} onClose={() => setOverlay(null)} />
        </Suspense>
      )}
    </>
  )
}
