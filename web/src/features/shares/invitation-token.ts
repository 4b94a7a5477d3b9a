const KEY = 'streamspace.invitation'
const FORM = /^#(ssl_[\w-]{20,150})$/

/** The link's secret as the address has it: behind the `#`, which is sent to no server. */
export function tokenFromHash(hash: string): string | null {
  return FORM.exec(hash)?.[1] ?? null
}

/** Kept in this tab alone, so that it survives signing in and a reload. */
export const keptToken = {
  get(): string | null {
    try {
      return sessionStorage.getItem(KEY)
    } catch {
      return null
    }
  },
  keep(token: string): void {
    try {
      sessionStorage.setItem(KEY, token)
    } catch {
      // Without storage the link has to be opened again after signing in.
    }
  },
  forget(): void {
    try {
      sessionStorage.removeItem(KEY)
    } catch {
      // Nothing was kept either.
    }
  },
}
