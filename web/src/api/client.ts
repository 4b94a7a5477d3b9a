import createClient from 'openapi-fetch'

import { ApiError, errorFromResponse, unreachable } from './errors'
import type { paths } from './schema'
import { refreshOnce } from './refresh'

type SignedOutListener = () => void
let onSignedOut: SignedOutListener = () => undefined

/** Called when a request was refused and the login could not be renewed. */
export function setSignedOutListener(listener: SignedOutListener): void {
  onSignedOut = listener
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
  const isAuthCall = new URL(request.url).pathname.includes('/auth/')
  if (response.status !== 401 || isAuthCall) return response
  const outcome = await refreshOnce(startedAt)
  if (outcome === 'unreachable') throw unreachable()
  if (outcome === 'refused') {
    onSignedOut()
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
