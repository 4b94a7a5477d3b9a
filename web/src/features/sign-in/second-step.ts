import type { ApiError } from '@/api/errors'

export type Way = 'totp' | 'webauthn' | 'backup'

/** What the server wants after the password. */
export interface Step {
  mfaToken: string
  ways: Way[]
}

const WAYS: readonly Way[] = ['webauthn', 'totp', 'backup']

/** Reads from the answer to name and password that a second step is wanted, and which ways there are. */
export function secondStepOf(error: ApiError): Step | null {
  const { mfaToken, methods } = error.details
  if (error.code !== 'mfa_required' || typeof mfaToken !== 'string') return null
  const named = Array.isArray(methods) ? methods : []
  return { mfaToken, ways: WAYS.filter((way) => named.includes(way)) }
}

/** The same from the fragment with which single sign-on comes back (`#mfaToken=…&methods=totp,backup`). */
export function secondStepFromHash(hash: string): Step | null {
  const given = new URLSearchParams(hash.replace(/^#/, ''))
  const mfaToken = given.get('mfaToken')
  const named = given.get('methods')?.split(',') ?? []
  return mfaToken ? { mfaToken, ways: WAYS.filter((way) => named.includes(way)) } : null
}
