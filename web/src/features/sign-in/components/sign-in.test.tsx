import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, test, vi } from 'vitest'

import { makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { SignIn } from './sign-in'

const answer = { expiresAt: '', user: makeUser(), mfaEnrolmentRequired: false }
const second = (methods: string[]) =>
  http.post('*/api/v1/auth/login', () =>
    HttpResponse.json(
      { error: 'mfa_required', message: '', details: { mfaToken: 'half-way', methods } },
      { status: 401 },
    ),
  )

beforeEach(() => {
  server.use(
    http.get('*/api/v1/auth/providers', () =>
      HttpResponse.json({ providers: [], localLogin: true, passkeys: false }),
    ),
  )
})

async function signIn(onSignedIn = vi.fn()) {
  renderPage(<SignIn next="/" onSignedIn={onSignedIn} />)
  await userEvent.type(await screen.findByLabelText('User name'), 'sam')
  await userEvent.type(screen.getByLabelText('Password'), 'secret')
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  return onSignedIn
}

test('signs in with cookies', async () => {
  let sent: unknown
  server.use(
    http.post('*/api/v1/auth/login', async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json(answer)
    }),
  )
  const onSignedIn = await signIn()
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalled())
  expect(sent).toEqual({ username: 'sam', password: 'secret', cookie: true })
})

test('says that name or password is wrong', async () => {
  server.use(
    http.post('*/api/v1/auth/login', () =>
      HttpResponse.json({ error: 'invalid_credentials', message: '' }, { status: 401 }),
    ),
  )
  await signIn()
  expect(await screen.findByRole('alert')).toHaveTextContent('The name or the password is wrong')
  expect(screen.getByLabelText('Password')).toHaveValue('')
  expect(screen.getByLabelText('Password')).toHaveFocus()
})

test('makes people wait after too many tries', async () => {
  server.use(
    http.post('*/api/v1/auth/login', () =>
      HttpResponse.json(
        { error: 'too_many_attempts', message: '' },
        { status: 429, headers: { 'Retry-After': '30' } },
      ),
    ),
  )
  await signIn()
  expect(await screen.findByRole('button', { name: /^Wait/ })).toBeDisabled()
})

test('says that the server cannot be reached', async () => {
  server.use(http.post('*/api/v1/auth/login', () => HttpResponse.error()))
  await signIn()
  expect(await screen.findByRole('alert')).toHaveTextContent('cannot be reached')
})

test('providers are buttons that bring people back to where they wanted to go', async () => {
  const provider = { kind: 'oidc', preset: 'github', displayName: 'GitHub' }
  server.use(
    http.get('*/api/v1/auth/providers', () =>
      HttpResponse.json({
        providers: [
          { ...provider, id: 'p1', name: 'github', loginUrl: '/api/v1/auth/oidc/github/login' },
          { ...provider, id: 'p2', name: 'evil', displayName: 'Evil', loginUrl: 'https://evil.example/' },
        ],
        localLogin: true,
        passkeys: false,
      }),
    ),
  )
  renderPage(<SignIn next="/sessions?all=true" onSignedIn={vi.fn()} />)
  expect(await screen.findByRole('link', { name: 'Continue with GitHub' })).toHaveAttribute(
    'href',
    '/api/v1/auth/oidc/github/login?next=%2Fsessions%3Fall%3Dtrue',
  )
  expect(screen.queryByRole('link', { name: 'Continue with Evil' })).not.toBeInTheDocument()
})

test('a reason in the address is told in words', async () => {
  renderPage(<SignIn next="/" reason="sso_not_admitted" onSignedIn={vi.fn()} />)
  expect(await screen.findByRole('alert')).toHaveTextContent('You are not allowed in here')
})

test('six digits of the authenticator app complete the sign-in', async () => {
  let sent: unknown
  server.use(
    second(['totp', 'backup']),
    http.post('*/api/v1/auth/mfa', async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json(answer)
    }),
  )
  const onSignedIn = await signIn()
  await userEvent.type(await screen.findByLabelText('Six-digit code'), '123 456')
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalled())
  expect(sent).toEqual({ mfaToken: 'half-way', code: '123456', cookie: true })
})

test('a wrong code is cleared, and a backup code can be used instead', async () => {
  const sent: unknown[] = []
  server.use(
    second(['totp', 'backup']),
    http.post('*/api/v1/auth/mfa', async ({ request }) => {
      sent.push(((await request.json()) as { code: string }).code)
      return HttpResponse.json({ error: 'wrong_code', message: '' }, { status: 401 })
    }),
  )
  await signIn()
  await userEvent.type(await screen.findByLabelText('Six-digit code'), '000000')
  expect(await screen.findByRole('alert')).toHaveTextContent('This code is wrong')
  expect(screen.getByLabelText('Six-digit code')).toHaveValue('')
  await userEvent.click(screen.getByRole('button', { name: 'Use a backup code' }))
  await userEvent.type(screen.getByLabelText('Backup code'), 'abcd-efgh{Enter}')
  await vi.waitFor(() => expect(sent).toEqual(['000000', 'abcd-efgh']))
})

test('a second step that came too late leads back to the first', async () => {
  server.use(
    second(['totp']),
    http.post('*/api/v1/auth/mfa', () =>
      HttpResponse.json({ error: 'mfa_expired', message: '' }, { status: 401 }),
    ),
  )
  await signIn()
  await userEvent.type(await screen.findByLabelText('Six-digit code'), '123456')
  expect(await screen.findByRole('alert')).toHaveTextContent('That took too long')
  expect(screen.getByLabelText('User name')).toBeInTheDocument()
})
