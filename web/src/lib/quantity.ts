const FACTORS: Record<string, number> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
}

/** A Kubernetes quantity (`500m`, `1.5`, `2Gi`, `1e3`) as a number, or null for none. */
export function parseQuantity(text: string | number | null | undefined): number | null {
  if (typeof text === 'number') return text
  const parts = /^([+-]?\d*\.?\d+(?:[eE][+-]?\d+)?)([kMGTP]i?|Ki|m)?$/.exec(text?.trim() ?? '')
  if (!parts) return null
  const factor = FACTORS[parts[2] ?? '']
  return factor === undefined ? null : Number(parts[1]) * factor
}

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** "1.5 GiB". */
export function formatBytes(bytes: number, language: string): string {
  const step = Math.min(SIZES.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const value = bytes / 2 ** (10 * step)
  return `${value.toLocaleString(language, { maximumFractionDigits: 1 })} ${SIZES[step] ?? ''}`
}
