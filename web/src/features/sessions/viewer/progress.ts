import type { Session } from '@/api/types'

export const START_PHASES = [
  'accepted',
  'sent',
  'image',
  'sandbox',
  'display',
  'engine',
  'application',
  'ready',
] as const

export type StartPhase = (typeof START_PHASES)[number]

export interface Step {
  phase: StartPhase
  status: 'done' | 'current' | 'waiting'
  /** When it began. */
  at: number | null
  /** How long it took; null until it is over. */
  tookMs: number | null
  message: string | null
}

/** The steps of the present start: what went before a wake or a retry is left out. */
export function stepsOf(progress: Session['progress']): Step[] {
  const from = progress.findLastIndex((one) => one.phase === 'accepted')
  const begun = new Map(
    progress
      .slice(Math.max(0, from))
      .map((one) => [one.phase, { at: Date.parse(one.at), message: one.message }]),
  )
  // Most starts find their image ready.
  const phases = START_PHASES.filter((phase) => phase !== 'image' || begun.has(phase))
  const last = phases.findLastIndex((phase) => begun.has(phase))
  return phases.map((phase, index) => {
    const mine = begun.get(phase)
    const next = phases
      .slice(index + 1)
      .map((later) => begun.get(later))
      .find((one) => one !== undefined)
    const done = index < last || (index === last && phase === 'ready')
    return {
      phase,
      status: done ? 'done' : index === Math.max(last, 0) ? 'current' : 'waiting',
      at: mine?.at ?? null,
      tookMs: mine && next ? Math.max(0, next.at - mine.at) : null,
      message: mine?.message ?? null,
    }
  })
}
