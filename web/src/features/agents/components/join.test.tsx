import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { JoinDialog } from './join-dialog'
import { JoinTokens } from './join-tokens'

const token = {
  id: 't-1',
  platform: 'docker',
  region: 'eu',
  uses: 3,
  usesLeft: 2,
  approve: true,
  state: 'usable',
  createdBy: 'u1',
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-01-02T00:00:00Z',
}

test('a token is made for what is chosen, and shown once with the command', async () => {
  const bodies: unknown[] = []
  server.use(
    http.get('*/api/v1/organizations', () =>
      HttpResponse.json({ organizations: [{ id: 'o1', name: 'acme', displayName: 'Acme' }], total: 1 }),
    ),
    http.post('*/api/v1/agents/join-tokens', async ({ request }) => {
      bodies.push(await request.json())
      return HttpResponse.json({ ...token, token: 'join-secret' }, { status: 201 })
    }),
  )
  renderPage(<JoinDialog opened onClose={vi.fn()} />)
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Region' }), 'eu')
  await userEvent.click(within(dialog).getByRole('checkbox'))
  await userEvent.click(within(dialog).getByRole('button', { name: 'Make a token' }))
  const command = await within(dialog).findByText(/STREAMSPACE_AGENT_JOIN_TOKEN=join-secret/)
  expect(command).toHaveTextContent('--platform process')
  expect(dialog).toHaveTextContent('on each of the 3 machines')
  expect(dialog).toHaveTextContent('Then approve the machine')
  expect(bodies).toEqual([{ platform: 'process', uses: 1, expiresIn: '1h', approve: false, region: 'eu' }])
})

test('tokens are listed with what is left of them, and one that works asks before it is revoked', async () => {
  const gone: unknown[] = []
  server.use(
    http.get('*/api/v1/agents/join-tokens', () =>
      HttpResponse.json({
        joinTokens: [token, { ...token, id: 't-2', platform: undefined, state: 'expired' }],
        total: 2,
      }),
    ),
    http.delete('*/api/v1/agents/join-tokens/:id', ({ params }) => {
      gone.push(params.id)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  renderPage(<JoinTokens onAdd={vi.fn()} />)
  const row = (await screen.findByText('docker · eu')).closest('tr')
  if (!row) throw new Error('no row')
  expect(within(row).getByText('2 of 3')).toBeInTheDocument()
  await userEvent.click(within(row).getByRole('button', { name: 'Revoke' }))
  const dialog = await screen.findByRole('dialog', { name: 'Revoke this token?' })
  expect(gone).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: 'Revoke' }))
  await vi.waitFor(() => expect(gone).toEqual(['t-1']))
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  await vi.waitFor(() => expect(gone).toEqual(['t-1', 't-2']))
})
