import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test } from 'vitest'

import { makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import type { Presence } from '../api/about'
import { PresenceList } from './presence-list'

function connection(fields: Partial<Presence>): Presence {
  return {
    id: 'c1',
    sessionId: 's1',
    userId: 'u1',
    username: 'sam',
    role: 'controller',
    clientIp: '192.0.2.7',
    userAgent: 'Mozilla/5.0 Firefox/140.0',
    connectedAt: '2026-01-02T03:04:05Z',
    lastHeartbeat: '2026-01-02T03:04:05Z',
    hasControl: true,
    guest: false,
    ...fields,
  }
}

const sam = connection({})
const bob = connection({ id: 'c2', userId: 'u2', username: 'bob', role: 'viewer', hasControl: false })

function show(connections: Presence[], props: Partial<Parameters<typeof PresenceList>[0]> = {}) {
  server.use(
    http.get('*/api/v1/sessions/s1/connections', () =>
      HttpResponse.json({ sessionId: 's1', connections, total: connections.length }),
    ),
  )
  renderPage(<PresenceList sessionId="s1" isOwner canEnd {...props} />, { me: makeUser({ id: 'u1' }) })
}

test('it says who is there, from where, and who has control', async () => {
  show([sam, { ...bob, guest: true }])
  const [first, second] = await screen.findAllByRole('listitem')
  expect(first).toHaveTextContent('sam (you)')
  expect(first).toHaveTextContent('Firefox · 192.0.2.7')
  expect(first).toHaveTextContent('Controls')
  expect(second).toHaveTextContent('bob (guest)')
  expect(second).toHaveTextContent('Watches')
  expect(screen.queryByRole('button', { name: 'Take control back' })).toBeNull()
})

test('the owner gives control, and takes it back from who has it alone', async () => {
  let given: unknown = null
  server.use(
    http.post('*/api/v1/sessions/s1/control', async ({ request }) => {
      given = await request.json()
      return HttpResponse.json({ sessionId: 's1', connections: [] })
    }),
    http.delete('*/api/v1/sessions/s1/control', () => {
      given = 'back'
      return HttpResponse.json({ sessionId: 's1', connections: [] })
    }),
  )
  show([
    { ...sam, hasControl: false },
    { ...bob, hasControl: true },
  ])
  await userEvent.click(await screen.findByRole('button', { name: 'Take control back' }))
  await waitFor(() => expect(given).toBe('back'))
  await userEvent.click(screen.getByRole('button', { name: 'Actions for sam' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Give control' }))
  await waitFor(() => expect(given).toEqual({ connectionId: 'c1' }))
})

test('ending a connection asks first, and says that a share stays', async () => {
  let ended = ''
  server.use(
    http.delete('*/api/v1/sessions/s1/connections/:id', ({ params }) => {
      ended = String(params.id)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  show([sam, { ...bob, shareId: 'x' }])
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for bob' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'End the connection' }))
  const dialog = await screen.findByRole('dialog')
  expect(dialog).toHaveTextContent('The share stays')
  await userEvent.click(within(dialog).getByRole('button', { name: 'End the connection' }))
  await waitFor(() => expect(ended).toBe('c2'))
})

test('who only takes part has nothing to do to the others', async () => {
  show([sam, bob], { isOwner: false, canEnd: false })
  expect(await screen.findAllByRole('listitem')).toHaveLength(2)
  expect(screen.queryAllByRole('button')).toEqual([])
})
