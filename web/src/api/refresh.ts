import { storage } from '@/lib/storage'

export interface Outcome {
  status: 'renewed' | 'refused' | 'unreachable'
  /** Why it was refused, in the server's terms. */
  code?: string
}

const RENEWED_AT = 'streamspace.renewedAt'
let running: Promise<Outcome> | null = null

function renewedSince(moment: number): boolean {
  return Number(storage.get(RENEWED_AT) ?? 0) > moment
}

async function renew(startedAt: number): Promise<Outcome> {
  // Another tab may have renewed the cookies while this one waited; a refresh token works once.
  if (renewedSince(startedAt)) return { status: 'renewed' }
  let response: Response
  try {
    response = await fetch('/api/v1/auth/refresh', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    })
  } catch {
    return { status: 'unreachable' }
  }
  if (response.ok) {
    storage.set(RENEWED_AT, String(Date.now()))
    return { status: 'renewed' }
  }
  return response.status >= 500 || response.status === 429
    ? { status: 'unreachable' }
    : { status: 'refused', code: await codeOf(response) }
}

async function codeOf(response: Response): Promise<string | undefined> {
  try {
    const body = (await response.json()) as { error?: unknown } | null
    return typeof body?.error === 'string' ? body.error : undefined
  } catch {
    return undefined
  }
}

/** Renews the login once for all requests and tabs that were refused since `startedAt`. */
export function refreshOnce(startedAt: number): Promise<Outcome> {
  running ??= withLock(() => renew(startedAt)).finally(() => {
    running = null
  })
  return running
}

async function withLock(work: () => Promise<Outcome>): Promise<Outcome> {
  // Web Locks exist in secure contexts only; on plain HTTP two tabs may have to sign in again.
  if (!('locks' in navigator)) return work()
  return navigator.locks.request('streamspace-refresh', work)
}
