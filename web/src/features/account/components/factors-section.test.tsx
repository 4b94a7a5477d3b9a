import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { FactorsSection } from './factors-section'

const at = '2026-01-02T03:04:05Z'
const phone = { id: 'm1', type: 'totp', name: 'Phone', createdAt: at, lastUsedAt: null }
const overview = (methods: object[]) =>
  http.get('*/api/v1/security/mfa/methods', () =>
    HttpResponse.json({
      methods,
      backupCodesLeft: methods.length > 0 ? 10 : 0,
      required: false,
      canUsePasskeys: true,
      reason: null,
    }),
  )

test('an authenticator app is added with its first code, and the backup codes are shown until they are kept', async () => {
  let confirmed: unknown
  server.use(
    overview([]),
    http.post('*/api/v1/security/mfa/setup', () =>
      HttpResponse.json({ id: 'm1', secret: 'ABCDEFGHIJKL', uri: 'otpauth://totp/x', issuer: 'StreamSpace' }),
    ),
    http.post('*/api/v1/security/mfa/m1/verify-setup', async ({ request }) => {
      confirmed = await request.json()
      return HttpResponse.json({ backupCodes: ['aaaa-1111', 'bbbb-2222'] })
    }),
    http.get('*/api/v1/users/me', () => HttpResponse.json({})),
  )
  renderPage(<FactorsSection />)
  await userEvent.click(await screen.findByRole('button', { name: 'Add an authenticator app' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Continue' }))
  expect(await screen.findByRole('img', { name: 'QR code for the authenticator app' })).toBeInTheDocument()
  expect(screen.getByText('ABCD EFGH IJKL')).toBeInTheDocument()
  await userEvent.type(screen.getByLabelText('Six-digit code'), '123456')
  const list = await screen.findByRole('list', { name: 'Backup codes' })
  expect(confirmed).toEqual({ code: '123456' })
  expect(within(list).getByText('aaaa-1111')).toBeInTheDocument()
  const done = screen.getByRole('button', { name: 'Done' })
  expect(done).toBeDisabled()
  await userEvent.click(screen.getByLabelText('I have kept the codes'))
  expect(done).toBeEnabled()
})

test('the password is asked for once the server wants it', async () => {
  const sent: unknown[] = []
  server.use(
    overview([]),
    http.post('*/api/v1/security/mfa/setup', async ({ request }) => {
      const body = (await request.json()) as { password?: string }
      sent.push(body.password)
      return body.password === 'right'
        ? HttpResponse.json({ id: 'm1', secret: 'ABCD', uri: 'otpauth://totp/x', issuer: 'StreamSpace' })
        : HttpResponse.json({ error: 'reauthentication_required', message: '' }, { status: 403 })
    }),
  )
  renderPage(<FactorsSection />)
  await userEvent.click(await screen.findByRole('button', { name: 'Add an authenticator app' }))
  const next = await screen.findByRole('button', { name: 'Continue' })
  await userEvent.click(next)
  await userEvent.type(await screen.findByLabelText('Your password'), 'wrong')
  await userEvent.click(next)
  expect(await screen.findByText('This password is wrong')).toBeInTheDocument()
  await userEvent.type(screen.getByLabelText('Your password'), 'right')
  await userEvent.click(next)
  expect(await screen.findByRole('img', { name: 'QR code for the authenticator app' })).toBeInTheDocument()
  expect(sent).toEqual([undefined, 'wrong', 'right'])
})

test('a factor is removed with the password', async () => {
  let sent: unknown
  server.use(
    overview([phone]),
    http.delete('*/api/v1/security/mfa/m1', async ({ request }) => {
      sent = await request.json()
      return new HttpResponse(null, { status: 204 })
    }),
    http.get('*/api/v1/users/me', () => HttpResponse.json({})),
  )
  renderPage(<FactorsSection />)
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for Phone' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }))
  const dialog = await screen.findByRole('dialog', { name: 'Remove Phone?' })
  await userEvent.type(within(dialog).getByLabelText('Your password'), 'secret')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Remove' }))
  await vi.waitFor(() => expect(sent).toEqual({ password: 'secret' }))
})
