import type { Session, SessionState } from '@/api/types'

export const ENDED: SessionState[] = ['terminated']
export const ACTIVE: SessionState[] = [
  'pending',
  'starting',
  'running',
  'hibernating',
  'hibernated',
  'waking',
  'terminating',
  'failed',
]

const MOVING: readonly SessionState[] = ['pending', 'starting', 'waking', 'hibernating', 'terminating']

/** Something is being done to it and the state will change by itself. */
export function isMoving(state: SessionState): boolean {
  return MOVING.includes(state)
}

export function isEnded(session: Session): boolean {
  return session.state === 'terminated'
}

export function canHibernate(state: SessionState): boolean {
  return state === 'running'
}

export function canWake(state: SessionState): boolean {
  return state === 'hibernated'
}

export function canStop(state: SessionState): boolean {
  return state !== 'terminated' && state !== 'terminating'
}
