import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import { makePerson, makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { PersonLogins } from './person-logins'
import { PersonOrganizations } from './person-organizations'

const at = '2026-01-02T03:04:05Z'
const login = { createdAt: at, lastUsedAt: at, expiresAt: at, orgId: 'o1', current: false }

function show() {
  const ended: unknown[] = []
  server.use(
    http.get('*/api/v1/users/u2/logins', () =>
      HttpResponse.json({
        logins: [
          {
            ...login,
            id: 'l1',
            ip: '192.0.2.1',
            method: 'password+totp',
            userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/128.0',
          },
          { ...login, id: 'l2', ip: '192.0.2.2', method: 'saml', userAgent: '' },
        ],
        total: 2,
      }),
    ),
    http.delete('*/api/v1/users/u2/logins/:id', ({ params }) => {
      ended.push(params.id)
      return new HttpResponse(null, { status: 204 })
    }),
    http.delete('*/api/v1/users/u2/logins', () => {
      ended.push('all')
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const person = makePerson({ id: 'u2', username: 'zoe', fullName: 'Zoe Zander' })
  renderPage(<PersonLogins person={person} />)
  return ended
}

test('a sign-in says from where and how, and ends after a question', async () => {
  const ended = show()
  const row = (await screen.findAllByRole('listitem'))[0] as HTMLElement
  expect(row).toHaveTextContent('Firefox on Linux192.0.2.1 · password · second step')
  await userEvent.click(within(row).getByRole('button', { name: 'End the sign-in of Firefox on Linux' }))
  const dialog = await screen.findByRole('dialog', { name: 'Sign Zoe Zander out of Firefox on Linux?' })
  expect(ended).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: 'End' }))
  await vi.waitFor(() => expect(ended).toEqual(['l1']))
})

test('all of them end after a question', async () => {
  const ended = show()
  await userEvent.click(await screen.findByRole('button', { name: 'End all' }))
  const dialog = await screen.findByRole('dialog', { name: 'Sign Zoe Zander out everywhere?' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'End all' }))
  await vi.waitFor(() => expect(ended).toEqual(['all']))
})

test('organisations lead to their page for those who may open it', async () => {
  const organizations = [
    { id: 'o1', name: 'acme', displayName: 'Acme', orgRole: 'org_admin' as const },
    { id: 'o2', name: 'rival', displayName: 'Rival', orgRole: 'viewer' as const },
  ]
  renderPage(<PersonOrganizations person={{ ...makePerson(), organizations }} />, {
    me: makeUser({ permissions: { 'organization:view': 'org', 'organization:change': 'org' } }),
  })
  expect(await screen.findByRole('link', { name: 'Acme' })).toHaveAttribute('href', '/admin/organizations/o1')
  expect(screen.getByText('Rival')).toBeInTheDocument()
  expect(screen.queryByRole('link', { name: 'Rival' })).toBeNull()
  expect(screen.getAllByRole('listitem').map((one) => one.textContent)).toEqual([
    'AcmeacmeAdministrator',
    'RivalrivalViewer',
  ])
})
