import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, test } from 'vitest'

import { keptToken } from '@/features/shares/invitation-token'
import { makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import Notices from '../notices'
import { InvitePage } from './invite'

const acme = { id: 'o1', name: 'acme', displayName: 'Acme', orgRole: 'user' as const, current: true }
const lab = { id: 'o2', name: 'lab', displayName: 'Lab', orgRole: 'user' as const, current: false }
const invitation = {
  state: 'active',
  sessionId: 's1',
  orgId: 'o2',
  organization: 'Lab',
  owner: 'mia',
  templateDisplayName: 'Terminal',
  icon: '',
  sessionState: 'running',
  permission: 'view',
  expiresAt: '2026-01-03T03:04:05Z',
  guests: false,
}

beforeEach(() => {
  keptToken.keep('ssl_abcdefghijklmnopqrstuvwxyz')
  server.use(http.post('*/api/v1/shares/preview', () => HttpResponse.json(invitation)))
})

test('opened in another organisation, it offers to switch and then opens', async () => {
  const sent: unknown[] = []
  server.use(
    http.post('*/api/v1/auth/switch', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json({})
    }),
    http.get('*/api/v1/users/me', () => HttpResponse.json(makeUser({ orgId: 'o2' }))),
    http.post('*/api/v1/shares/redeem', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json({ session: { id: 's1' } })
    }),
  )
  const { router } = renderPage(<InvitePage />, { me: makeUser({ organizations: [acme, lab] }) })
  expect(await screen.findByRole('alert')).toHaveTextContent('belongs to Lab, and you work in Acme now')
  expect(screen.queryByRole('button', { name: 'Open the session' })).not.toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Switch to Lab' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Open the session' }))
  await expect.poll(() => router.state.location.pathname).toBe('/shared/s1')
  expect(sent).toEqual([{ orgId: 'o2', cookie: true }, { token: 'ssl_abcdefghijklmnopqrstuvwxyz' }])
  expect(keptToken.get()).toBeNull()
})

test('a switch that is refused is said, and the link stays', async () => {
  server.use(
    http.post('*/api/v1/auth/switch', () =>
      HttpResponse.json({ error: 'mfa_required', message: 'Sign in with a second factor.' }, { status: 403 }),
    ),
  )
  const page = (
    <>
      <InvitePage />
      <Notices />
    </>
  )
  renderPage(page, { me: makeUser({ organizations: [acme, lab] }) })
  await userEvent.click(await screen.findByRole('button', { name: 'Switch to Lab' }))
  expect(await screen.findByText(/second factor/)).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Switch to Lab' })).toBeEnabled()
  expect(keptToken.get()).not.toBeNull()
})

test('who does not belong to its organisation is told so', async () => {
  renderPage(<InvitePage />, { me: makeUser() })
  expect(await screen.findByRole('alert')).toHaveTextContent('for people of Lab')
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})
