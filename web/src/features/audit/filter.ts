export const OUTCOMES = ['ok', 'denied', 'failed'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What the address says about the log; days are local, `YYYY-MM-DD`. */
export interface AuditSearch {
  user?: string
  action?: string
  resource?: string
  id?: string
  ip?: string
  outcome?: Outcome
  from?: string
  to?: string
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined
}

function day(value: unknown): string | undefined {
  return typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined
}

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  return {
    user: text(search.user),
    action: text(search.action),
    resource: text(search.resource),
    id: text(search.id),
    ip: text(search.ip),
    outcome: OUTCOMES.find((one) => one === search.outcome),
    from: day(search.from),
    to: day(search.to),
  }
}

export function isFiltered(search: AuditSearch): boolean {
  return Object.values(search).some((one) => one !== undefined)
}

/** The first moment of a day here, some days later. */
function startOf(date: string, later = 0): string {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number)
  return new Date(year, month - 1, dayOfMonth + later).toISOString()
}

/** The filters as the API wants them. */
export function toQuery(search: AuditSearch) {
  return {
    username: search.user,
    action: search.action,
    resource_type: search.resource,
    resource_id: search.id,
    ip_address: search.ip,
    outcome: search.outcome,
    start_date: search.from && startOf(search.from),
    // Up to and including the day.
    end_date: search.to && startOf(search.to, 1),
  }
}

/** Where the same entries can be had as a file. */
export function exportUrl(search: AuditSearch, format: 'csv' | 'json' | 'jsonl'): string {
  const query = new URLSearchParams({ format })
  for (const [key, value] of Object.entries(toQuery(search))) if (value) query.set(key, value)
  return `/api/v1/admin/audit/export?${query.toString()}`
}
