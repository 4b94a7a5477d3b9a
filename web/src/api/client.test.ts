import { http, HttpResponse } from 'msw'
import { beforeEach, expect, test, vi } from 'vitest'

import { server } from '@/test/server'

import { api, setEnrolmentListener, setSignedOutListener, unwrap } from './client'
import { agentRefusals, ApiError } from './errors'

const signedOut = vi.fn()

beforeEach(() => {
  signedOut.mockClear()
  setSignedOutListener(signedOut)
})

async function failure(call: Promise<unknown>): Promise<ApiError> {
  return call.then(
    () => {
      throw new Error('It did not fail.')
    },
    (error: unknown) => error as ApiError,
  )
}

test('an error carries code, message and request id', async () => {
  server.use(
    http.get('*/api/v1/agents', () =>
      HttpResponse.json({ error: 'forbidden', message: 'Not yours.', requestId: 'r1' }, { status: 403 }),
    ),
  )
  const error = await failure(unwrap(api.GET('/api/v1/agents')))
  expect(error).toMatchObject({ status: 403, code: 'forbidden', message: 'Not yours.', requestId: 'r1' })
})

test('a proxy that finds no server counts as unreachable', async () => {
  server.use(http.get('*/api/v1/agents', () => new HttpResponse('<h1>Bad gateway</h1>', { status: 502 })))
  expect((await failure(unwrap(api.GET('/api/v1/agents')))).code).toBe('unreachable')
})

test('a network failure is unreachable', async () => {
  server.use(http.get('*/api/v1/agents', () => HttpResponse.error()))
  expect((await failure(unwrap(api.GET('/api/v1/agents')))).code).toBe('unreachable')
})

test('Retry-After is read', async () => {
  server.use(
    http.post('*/api/v1/auth/login', () =>
      HttpResponse.json(
        { error: 'too_many_attempts', message: 'Wait.' },
        { status: 429, headers: { 'Retry-After': '17' } },
      ),
    ),
  )
  const error = await failure(
    unwrap(api.POST('/api/v1/auth/login', { body: { username: 'a', password: 'b' } })),
  )
  expect(error.retryAfterSeconds).toBe(17)
})

test('a refused request renews the login once for all and is sent again with its body', async () => {
  let renewals = 0
  let valid = false
  const bodies: unknown[] = []
  server.use(
    http.post('*/api/v1/auth/refresh', () => {
      renewals += 1
      valid = true
      return HttpResponse.json({})
    }),
    http.post('*/api/v1/agents/join-tokens', async ({ request }) => {
      if (!valid) return HttpResponse.json({ error: 'unauthorized', message: '' }, { status: 401 })
      bodies.push(await request.json())
      return HttpResponse.json({ token: 't', expiresAt: '' }, { status: 201 })
    }),
  )
  const send = (uses: number) => unwrap(api.POST('/api/v1/agents/join-tokens', { body: { uses } }))
  await Promise.all([send(1), send(2)])
  expect(renewals).toBe(1)
  expect(bodies).toContainEqual({ uses: 1 })
  expect(signedOut).not.toHaveBeenCalled()
})

test('a login that cannot be renewed leads out', async () => {
  server.use(
    http.post('*/api/v1/auth/refresh', () => HttpResponse.json({ error: 'unauthorized' }, { status: 401 })),
    http.get('*/api/v1/agents', () => HttpResponse.json({ error: 'unauthorized' }, { status: 401 })),
  )
  expect((await failure(unwrap(api.GET('/api/v1/agents')))).status).toBe(401)
  expect(signedOut).toHaveBeenCalledOnce()
})

test('a server that is away while renewing does not sign anybody out', async () => {
  server.use(
    http.post('*/api/v1/auth/refresh', () => HttpResponse.error()),
    http.get('*/api/v1/agents', () => HttpResponse.json({ error: 'unauthorized' }, { status: 401 })),
  )
  expect((await failure(unwrap(api.GET('/api/v1/agents')))).code).toBe('unreachable')
  expect(signedOut).not.toHaveBeenCalled()
})

test('reasons per agent are read, whatever else is in the details', () => {
  const error = new ApiError(503, 'no_capacity', '', null, {
    agents: [
      {
        agentId: 'a',
        reasons: [
          { code: 'memory', message: 'No memory.', params: { free: 1, odd: [] } },
          { code: 'other', packages: ['xterm', 7] },
          'nonsense',
        ],
      },
      7,
    ],
  })
  expect(agentRefusals(error)).toEqual([
    {
      agentId: 'a',
      reasons: [
        { code: 'memory', message: 'No memory.', params: { free: 1 } },
        { code: 'other', message: 'other', packages: ['xterm'] },
      ],
    },
  ])
  expect(agentRefusals(new ApiError(503, 'no_capacity', ''))).toEqual([])
})

test('a login that lacks its second factor is sent to set one up, wherever it is refused', async () => {
  const toEnrolment = vi.fn()
  setEnrolmentListener(toEnrolment)
  server.use(
    http.get('*/api/v1/agents', () =>
      HttpResponse.json({ error: 'mfa_enrolment_required', message: '' }, { status: 403 }),
    ),
  )
  expect((await failure(unwrap(api.GET('/api/v1/agents')))).code).toBe('mfa_enrolment_required')
  expect(toEnrolment).toHaveBeenCalledOnce()
})

test('a login that was ended says why', async () => {
  server.use(
    http.get('*/api/v1/agents', () => HttpResponse.json({ error: 'unauthenticated' }, { status: 401 })),
    http.post('*/api/v1/auth/refresh', () =>
      HttpResponse.json({ error: 'organization_suspended' }, { status: 403 }),
    ),
  )
  await failure(unwrap(api.GET('/api/v1/agents')))
  expect(signedOut).toHaveBeenCalledWith('organization_suspended')
})

test('a refused second step is no reason to renew the login', async () => {
  server.use(
    http.post('*/api/v1/auth/mfa', () => HttpResponse.json({ error: 'wrong_code' }, { status: 401 })),
  )
  await failure(unwrap(api.POST('/api/v1/auth/mfa', { body: { mfaToken: 'x', code: '1' } })))
  expect(signedOut).not.toHaveBeenCalled()
})
