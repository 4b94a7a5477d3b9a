import { storage } from '@/lib/storage'

const KEY = 'streamspace.setupSkipped'

export function skipSetup(userId: string): void {
  storage.set(KEY, userId)
}

/** Whether this person asked not to be led to the setup again; the palette still has it. */
export function isSetupSkipped(userId: string): boolean {
  return storage.get(KEY) === userId
}
