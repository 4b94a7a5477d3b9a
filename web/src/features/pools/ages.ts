/** How long one may wait, in seconds, as the dialog offers it. */
export const AGES = [600, 1800, 3600, 14_400, 43_200, 86_400] as const

/** What the dialog offers for a pool: its own age too, if somebody chose another elsewhere. */
export function agesWith(own: number): number[] {
  return [...new Set([...AGES, own])].sort((a, b) => a - b)
}

/** The share of the last day's starts that found a session waiting, from 0 to 1; null where there were none. */
export function hitRate(pool: { claimed24h: number; missed24h: number }): number | null {
  const all = pool.claimed24h + pool.missed24h
  return all === 0 ? null : pool.claimed24h / all
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** "10 minutes", "4 hours": in the largest unit that keeps it whole. */
export function formatAge(seconds: number, language: string): string {
  const [unit, size] = UNITS.find(([, size]) => seconds % size === 0) ?? UNITS[3]
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / size)
}
