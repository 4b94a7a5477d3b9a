import type { Connection } from '@/api/types'

import { connect, disconnect, heartbeat } from '../api/connect'

/** How somebody gets to see a session: as its owner, by a share, or as a guest. */
export interface Door {
  connect: () => Promise<Connection>
  heartbeat: (connectionId: string) => Promise<void>
  disconnect: (connectionId: string) => void
}

export function ownDoor(sessionId: string): Door {
  return {
    connect: () => connect(sessionId),
    heartbeat: (connectionId) => heartbeat(sessionId, connectionId),
    disconnect: (connectionId) => disconnect(sessionId, connectionId),
  }
}
