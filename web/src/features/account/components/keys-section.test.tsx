import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test } from 'vitest'

import { makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { groupScopes } from '../scopes'
import { KeysSection } from './keys-section'

const me = makeUser({ permissions: { 'profile:view': 'own', 'session:view': 'own', 'template:view': 'org' } })
const scopes = [
  { name: 'sessions:read', actions: ['profile:view', 'session:view'] },
  { name: 'templates:read', actions: ['profile:view', 'template:view'] },
  { name: 'agents:write', actions: ['profile:view', 'agent:manage'] },
  { name: 'novel:thing', actions: ['profile:view', 'session:view'] },
  { name: '*', actions: ['session:view'] },
]

test('offers only scopes that would let one’s own key do something', () => {
  expect(groupScopes(scopes, me)).toEqual([
    { group: 'work', scopes: ['templates:read', 'sessions:read'] },
    { group: 'other', scopes: ['novel:thing'] },
  ])
})

test('a new key is shown once', async () => {
  let sent: unknown
  server.use(
    http.get('*/api/v1/api-keys', () => HttpResponse.json({ apiKeys: [], total: 0 })),
    http.get('*/api/v1/api-keys/scopes', () => HttpResponse.json({ scopes })),
    http.post('*/api/v1/api-keys', async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json({ key: 'sk_shown_once' }, { status: 201 })
    }),
  )
  renderPage(<KeysSection />, { me })
  await userEvent.click(await screen.findByRole('button', { name: 'Create a key' }))
  const dialog = await screen.findByRole('dialog')
  const create = within(dialog).getByRole('button', { name: 'Create a key' })
  await userEvent.click(await within(dialog).findByLabelText('Name'))
  await userEvent.paste('backup')
  expect(create).toBeDisabled()
  await userEvent.click(await within(dialog).findByLabelText('See sessions and their logs'))
  await userEvent.click(within(dialog).getByPlaceholderText(/203/))
  await userEvent.paste('10.0.0.0/8,')
  await userEvent.click(create)
  expect(await within(dialog).findByText('sk_shown_once')).toBeInTheDocument()
  expect(sent).toEqual({
    name: 'backup',
    scopes: ['sessions:read'],
    expiresIn: '90d',
    allowedIps: ['10.0.0.0/8'],
  })
})
