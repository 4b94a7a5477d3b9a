import { api, unwrap } from '@/api/client'
import type { components } from '@/api/schema'

export type Grant = components['schemas']['FilesAccessOut']

/** A new token is asked for so long before the old one is over. */
const AHEAD_MS = 60_000

/** The token for one session's files, renewed as needed; several callers share one request. */
export class Access {
  private grant: Grant | null = null
  private asking: Promise<Grant> | null = null

  constructor(readonly sessionId: string) {}

  /** Returns a token that is good for a while. */
  async get(): Promise<Grant> {
    if (this.grant && Date.parse(this.grant.expiresAt) - Date.now() > AHEAD_MS) return this.grant
    this.asking ??= this.ask().finally(() => {
      this.asking = null
    })
    return this.asking
  }

  /** Forgets a token that was refused: the policy changed, or the gateway did. */
  refused(grant: Grant): void {
    if (this.grant === grant) this.grant = null
  }

  private async ask(): Promise<Grant> {
    this.grant = await unwrap(
      api.POST('/api/v1/sessions/{session_id}/files/access', {
        params: { path: { session_id: this.sessionId } },
      }),
    )
    return this.grant
  }
}

const known = new Map<string, Access>()

export function accessTo(sessionId: string): Access {
  let access = known.get(sessionId)
  if (!access) {
    access = new Access(sessionId)
    known.set(sessionId, access)
  }
  return access
}
