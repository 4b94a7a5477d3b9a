export interface Difference {
  field: string
  before: string | null
  after: string | null
  kind: 'added' | 'removed' | 'changed' | 'same'
}

function show(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What was before beside what was after, field by field; what changed comes first. */
export function differences(
  before: Record<string, unknown> | null | undefined,
  after: Record<string, unknown> | null | undefined,
): Difference[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return fields
    .map((field): Difference => {
      const [old, next] = [show(before?.[field]), show(after?.[field])]
      const kind = old === next ? 'same' : old === null ? 'added' : next === null ? 'removed' : 'changed'
      return { field, before: old, after: next, kind }
    })
    .toSorted((a, b) => Number(a.kind === 'same') - Number(b.kind === 'same'))
}
