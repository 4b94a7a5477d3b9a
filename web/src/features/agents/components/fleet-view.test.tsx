import { Notifications } from '@mantine/notifications'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import type { Agent } from '@/api/types'
import { makeAgent, makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import type { AgentsSearch } from '../search'
import { FleetView } from './fleet-view'

const admin = makeUser({ permissions: { 'agent:view': 'all', 'agent:manage': 'all' } })
const standing = (sessions: number, asleep = 0) => ({
  reserved: { sessions, cpuMillicores: 1000, memoryBytes: 2 ** 30 },
  asleep,
  starts: { underWay: 1, waiting: 2, atOnce: 4 },
  takesSessions: true,
  reasons: [],
})
const fleet = [
  makeAgent({
    agentId: 'alpha',
    capacity: { maxSessions: 10 },
    activeSessions: 2,
    connected: true,
    standing: standing(3),
  }),
  makeAgent({ agentId: 'beta', cordoned: true, connected: true, standing: standing(0) }),
  makeAgent({ agentId: 'gamma', approvalStatus: 'pending', status: 'offline' }),
]

function show(search: AgentsSearch = {}, found: Agent[] = fleet, me = admin) {
  const sent: string[] = []
  server.use(
    http.get('*/api/v1/agents', () => HttpResponse.json({ agents: found, total: found.length })),
    http.post('*/api/v1/agents/:id/:verb', ({ params, request }) => {
      sent.push(`${String(params.id)} ${String(params.verb)}${new URL(request.url).search}`)
      return HttpResponse.json(found[0])
    }),
    http.delete('*/api/v1/agents/:id', ({ params }) => {
      sent.push(`${String(params.id)} delete`)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const onSearch = vi.fn()
  renderPage(
    <>
      <FleetView search={search} onSearch={onSearch} onAdd={vi.fn()} />
      <Notifications />
    </>,
    { me },
  )
  return { sent, onSearch }
}

test('each machine shows its state, how full it is, and what begins there', async () => {
  show()
  const row = (await screen.findByRole('link', { name: 'alpha' })).closest('tr')
  if (!row) throw new Error('no row')
  expect(within(row).getAllByText('Online').length).toBeGreaterThan(0)
  expect(within(row).getByRole('progressbar', { name: 'Sessions' })).toHaveAttribute(
    'aria-valuetext',
    '2 / 10, promised 3 / 10',
  )
  expect(within(row).getByText('1 under way')).toBeInTheDocument()
  expect(within(row).getByText('2 waiting')).toBeInTheDocument()
  expect(screen.getByText('3 of 3 machines')).toBeInTheDocument()
})

test('the summary leads to those that need somebody', async () => {
  const { onSearch } = show()
  await userEvent.click(await screen.findByRole('button', { name: '1 Waits for approval' }))
  expect(onSearch).toHaveBeenLastCalledWith({ state: 'pending' })
})

test('many are cordoned at once, and that can be taken back', async () => {
  const { sent } = show()
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Select alpha' }))
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select beta' }))
  const bar = screen.getByRole('region', { name: 'What to do with the selection' })
  await userEvent.click(within(bar).getByRole('button', { name: 'Cordon' }))
  // Beta is cordoned already.
  await vi.waitFor(() => expect(sent).toEqual(['alpha cordon']))
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await vi.waitFor(() => expect(sent).toEqual(['alpha cordon', 'alpha uncordon']))
})

test('draining asks what becomes of the sessions', async () => {
  const { sent } = show()
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for alpha' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Drain …' }))
  const dialog = await screen.findByRole('dialog', { name: 'Drain alpha?' })
  expect(dialog).toHaveTextContent('What becomes of the 3 that are there?')
  await userEvent.click(within(dialog).getByRole('radio', { name: /Put them to sleep/ }))
  await userEvent.click(within(dialog).getByRole('button', { name: 'Drain' }))
  await vi.waitFor(() => expect(sent).toEqual(['alpha drain?evict=hibernate']))
})

test('removing asks first, and says what would be lost', async () => {
  const { sent } = show({}, [makeAgent({ agentId: 'alpha', standing: standing(0, 2) })])
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for alpha' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }))
  const dialog = await screen.findByRole('dialog', { name: 'Remove alpha?' })
  expect(dialog).toHaveTextContent('2 sessions there, running or asleep, will have failed')
  expect(sent).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: 'Remove' }))
  await vi.waitFor(() => expect(sent).toEqual(['alpha delete']))
})

test('a changed label is saved, and a wrong one is not', async () => {
  const bodies: unknown[] = []
  show()
  server.use(
    http.patch('*/api/v1/agents/:id', async ({ request }) => {
      bodies.push(await request.json())
      return HttpResponse.json(fleet[0])
    }),
    http.get('*/api/v1/organizations', () => HttpResponse.json({ organizations: [], total: 0 })),
  )
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for alpha' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }))
  const dialog = await screen.findByRole('dialog', { name: 'Edit alpha' })
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Region' }), 'eu')
  const [labels] = within(dialog).getAllByLabelText('Labels')
  if (!labels) throw new Error('no field')
  await userEvent.type(labels, 'a b=c{Enter}')
  expect(within(dialog).getByRole('button', { name: 'Save' })).toBeDisabled()
  await userEvent.type(labels, '{Backspace}gpu=yes{Enter}')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  await vi.waitFor(() =>
    expect(bodies).toEqual([
      { region: 'eu', labels: { gpu: 'yes' }, orgId: null, maxSessions: null, maxStarts: null },
    ]),
  )
})

test('who may only look has nothing to choose', async () => {
  show({}, fleet, makeUser({ permissions: { 'agent:view': 'all' } }))
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for alpha' }))
  expect((await screen.findAllByRole('menuitem')).map((one) => one.textContent)).toEqual(['Open'])
  expect(screen.queryByRole('checkbox')).toBeNull()
})

test('an empty fleet says how to begin', async () => {
  show({}, [])
  expect(await screen.findByText('No machines yet')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Add a machine' })).toBeInTheDocument()
})
