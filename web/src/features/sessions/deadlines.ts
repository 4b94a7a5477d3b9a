import type { Session } from '@/api/types'

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 }
/** So long before its end a session says so. */
export const END_NEAR_MS = 15 * 60_000

/** A duration as the API writes it (`90s`, `1h30m`) in seconds, or null where it is none. */
export function parseDuration(text: string | null | undefined): number | null {
  if (!text || !/^(\d+[smhd])+$/.test(text)) return null
  return [...text.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0),
    0,
  )
}

/** When a session reaches its longest duration. */
export function endsAt(session: Session): number | null {
  const seconds = parseDuration(session.maxSessionDuration)
  return seconds !== null && session.startedAt ? Date.parse(session.startedAt) + seconds * 1000 : null
}

export interface Warning {
  kind: 'idle' | 'end'
  at: number
}

/** What will soon happen to a session of itself, the nearest first. */
export function warningsOf(session: Session, now: number): Warning[] {
  const found: Warning[] = []
  if (session.state === 'running' && session.idleWarning) {
    found.push({ kind: 'idle', at: Date.parse(session.idleWarning) })
  }
  const end = endsAt(session)
  const asleep = session.state === 'hibernated' || session.state === 'running'
  if (end !== null && asleep && end - now <= END_NEAR_MS) found.push({ kind: 'end', at: end })
  return found.toSorted((a, b) => a.at - b.at)
}
