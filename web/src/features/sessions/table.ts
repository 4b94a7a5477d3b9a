import type { Session } from '@/api/types'

export const SORT_KEYS = ['application', 'state', 'user', 'agent', 'started'] as const
export type SortKey = (typeof SORT_KEYS)[number]

/** A column, with `-` before it when the other way round. */
export type Sort = SortKey | `-${SortKey}`

export function isSort(value: unknown): value is Sort {
  return typeof value === 'string' && (SORT_KEYS as readonly string[]).includes(value.replace(/^-/, ''))
}

function valueOf(session: Session, key: SortKey): string {
  switch (key) {
    case 'application':
      return session.templateDisplayName
    case 'state':
      return session.state
    case 'user':
      return session.user
    case 'agent':
      return session.agentId
    case 'started':
      return session.startedAt ?? session.createdAt
  }
}

export function findSessions(sessions: Session[], text: string, sort: Sort): Session[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found =
    words.length === 0
      ? sessions
      : sessions.filter((one) => {
          const hay = [
            one.templateDisplayName,
            one.template,
            one.id,
            one.user,
            one.agentId,
            one.state,
            ...one.tags,
          ]
            .join(' ')
            .toLowerCase()
          return words.every((word) => hay.includes(word))
        })
  const key = sort.replace(/^-/, '') as SortKey
  const sign = sort.startsWith('-') ? -1 : 1
  return found.toSorted((a, b) => sign * valueOf(a, key).localeCompare(valueOf(b, key)))
}
