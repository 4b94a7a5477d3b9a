import type { TimelineEntry } from './api/about'

const VISITS = ['connected', 'disconnected']
const BAD = ['failed', 'retrying', 'start_failed']
const WARNING = ['idle', 'expiring', 'hibernated', 'home_full']
const GOOD = ['running']

export type Tone = 'good' | 'bad' | 'warning' | 'plain'

export function toneOf(kind: string): Tone {
  if (BAD.includes(kind)) return 'bad'
  if (GOOD.includes(kind)) return 'good'
  return WARNING.includes(kind) ? 'warning' : 'plain'
}

/** Who came and left, apart from what happened to the session itself; both the newest first. */
export function splitTimeline(events: readonly TimelineEntry[]): {
  happened: TimelineEntry[]
  visits: TimelineEntry[]
} {
  const newestFirst = events.toReversed()
  return {
    happened: newestFirst.filter((one) => !VISITS.includes(one.kind)),
    visits: newestFirst.filter((one) => VISITS.includes(one.kind)),
  }
}
