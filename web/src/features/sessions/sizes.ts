import { parseQuantity } from '@/lib/quantity'

/** What a session may use, in the units that people type. */
export interface Sizes {
  cores: number
  gibibytes: number
}

export const CORES = { min: 0.1, max: 64, step: 0.5 }
export const GIBIBYTES = { min: 0.125, max: 512, step: 0.5 }

export function sizesOf(resources: { cpu?: string | null; memory?: string | null }): Sizes {
  return {
    cores: parseQuantity(resources.cpu) ?? 1,
    gibibytes: (parseQuantity(resources.memory) ?? 2 ** 30) / 2 ** 30,
  }
}

export function quantitiesOf(sizes: Sizes): { cpu: string; memory: string } {
  return { cpu: `${Math.round(sizes.cores * 1000)}m`, memory: `${Math.round(sizes.gibibytes * 1024)}Mi` }
}
