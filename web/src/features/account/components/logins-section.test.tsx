import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { LoginsSection } from './logins-section'

const at = '2026-01-02T03:04:05Z'
const login = {
  createdAt: at,
  lastUsedAt: at,
  expiresAt: at,
  method: 'password',
  orgId: 'o1',
  ip: '192.0.2.1',
}
const list = http.get('*/api/v1/auth/logins', () =>
  HttpResponse.json({
    logins: [
      { ...login, id: 'l2', current: false, userAgent: 'streamspace-cli/0.1 (Linux)' },
      { ...login, id: 'l1', current: true, userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/128.0' },
    ],
  }),
)

test('this sign-in comes first and cannot be ended here', async () => {
  const ended: unknown[] = []
  server.use(
    list,
    http.delete('*/api/v1/auth/logins/:id', ({ params }) => {
      ended.push(params.id)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  renderPage(<LoginsSection />)
  const rows = await screen.findAllByRole('listitem')
  expect(rows[0]).toHaveTextContent('Firefox on Linux')
  expect(rows[0]).toHaveTextContent('This one')
  expect(within(rows[0] as HTMLElement).queryByRole('button')).not.toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'End the sign-in of streamspace-cli on Linux' }))
  await vi.waitFor(() => expect(ended).toEqual(['l2']))
})

test('all others end after a question', async () => {
  const ended = vi.fn()
  server.use(
    list,
    http.delete('*/api/v1/auth/logins', () => {
      ended()
      return new HttpResponse(null, { status: 204 })
    }),
  )
  renderPage(<LoginsSection />)
  await userEvent.click(await screen.findByRole('button', { name: 'End all others' }))
  const dialog = await screen.findByRole('dialog')
  expect(ended).not.toHaveBeenCalled()
  await userEvent.click(within(dialog).getByRole('button', { name: 'End all others' }))
  await vi.waitFor(() => expect(ended).toHaveBeenCalled())
})
