import type { Session } from '@/api/types'

/** How often a start is tried in all. */
export const MOST_ATTEMPTS = 3

export type Waiting =
  /** Other starts of its machine come first; 1 is next. */
  | { for: 'turn'; position: number; agent: string }
  /** An attempt failed for a reason that passes. */
  | { for: 'retry'; at: number; next: number; message: string | null }
  /** An attempt after the first is under way. */
  | { for: 'attempt'; number: number; agent: string; message: string | null }

/** What a session that starts waits for, as far as it is not the steps of the start itself. */
export function waitingOf(session: Session): Waiting | null {
  const failed = session.attempts.filter((one) => one.code)
  const message = failed.at(-1)?.message ?? null
  if (session.state === 'pending' && session.retryAt) {
    return { for: 'retry', at: Date.parse(session.retryAt), next: failed.length + 1, message }
  }
  if ((session.state === 'pending' || session.state === 'waking') && session.queuePosition) {
    return { for: 'turn', position: session.queuePosition, agent: session.agentId }
  }
  if (failed.length > 0 && (session.state === 'pending' || session.state === 'starting')) {
    return { for: 'attempt', number: failed.length + 1, agent: session.agentId, message }
  }
  return null
}
