import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import { makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { SignInForm } from './sign-in-form'

async function signIn(onSignedIn = vi.fn()) {
  renderPage(<SignInForm onSignedIn={onSignedIn} />)
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
      return HttpResponse.json({ expiresAt: '', user: makeUser() })
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
