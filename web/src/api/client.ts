import createClient from 'openapi-fetch'

import { ApiError, errorFromResponse, unreachable } from './errors'
import type { paths } from './schema'
import { refreshOnce } from './refresh'

type SignedOutListener = (code: string | undefined) => void
let onSignedOut: SignedOutListener = () => undefined
let onEnrolmentRequired: () => void = () => undefined

/** Called when a request was refused and the login could not be renewed, with the server's reason. */
export function setSignedOutListener(listener: SignedOutListener): void {
  onSignedOut = listener
}

/** Called when the organisation wants a second factor that this person has yet to set up. */
export function setEnrolmentListener(listener: () => void): void {
  onEnrolmentRequired = listener
}

/** Calls that make a login: their 401 is about what was typed, not about a login that ran out. */
const SIGNING_IN = /\/auth\/(login|refresh|mfa|passkey|providers)(\/|$)/

async function wantsEnrolment(response: Response): Promise<boolean> {
  if (response.status !== 403) return false
  try {
    const body = (await response.clone().json()) as { error?: unknown } | null
    return body?.error === 'mfa_enrolment_required'
  } catch {
    return false
  }
}

async function authorisedFetch(request: Request): Promise<Response> {
  const again = request.clone()
  const startedAt = Date.now()
  let response: Response
  try {
    response = await fetch(request)
  } catch {
    throw unreachable()
  }
  if (await wantsEnrolment(response)) onEnrolmentRequired()
  if (response.status !== 401 || SIGNING_IN.test(new URL(request.url).pathname)) return response
  const outcome = await refreshOnce(startedAt)
  if (outcome.status === 'unreachable') throw unreachable()
  if (outcome.status === 'refused') {
    onSignedOut(outcome.code)
    return response
  }
  try {
    return await fetch(again)
  } catch {
    throw unreachable()
  }
}

export const api = createClient<paths>({
  // An absolute base: Request refuses relative addresses outside a page.
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  fetch: authorisedFetch,
})

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** Turns an answer into its data, or throws an `ApiError`. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<NonNullable<T>> {
  let answer: Answer<T>
  try {
    answer = await call
  } catch (error) {
    if (error instanceof ApiError) throw error
    // A body that is not JSON although the answer said so.
    throw new ApiError(0, 'unexpected', error instanceof Error ? error.message : String(error))
  }
  if (!answer.response.ok) throw errorFromResponse(answer.response, answer.error)
  return answer.data as NonNullable<T>
}
