import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test } from 'vitest'

import { chooseLanguage } from '@/lib/i18n'
import { makeTemplate, makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import type { Pool } from '../api/pools'
import { PoolsView } from './pools-view'

const admin = makeUser({ permissions: { 'pool:view': 'all', 'pool:manage': 'all' } })

function makePool(more: Partial<Pool> = {}): Pool {
  return {
    id: 'p1',
    template: 'terminal',
    agentId: null,
    orgId: null,
    size: 3,
    resources: { cpu: '500m', memory: '512Mi' },
    maxAgeSeconds: 3600,
    ready: 2,
    starting: 1,
    claimed24h: 3,
    missed24h: 1,
    memoryBytes: 100 * 1024 ** 2,
    createdAt: '2026-11-22T08:00:00Z',
    message: null,
    problem: null,
    ...more,
  }
}

function show(pools: Pool[], me = admin) {
  const sent: unknown[] = []
  server.use(
    http.get('*/api/v1/pools', () => HttpResponse.json({ pools, total: pools.length })),
    http.get('*/api/v1/templates', () =>
      HttpResponse.json({
        templates: [
          makeTemplate({ name: 'terminal', displayName: 'Terminal', streamingProtocol: 'selkies' }),
          makeTemplate({ name: 'notebook', displayName: 'Notebook', streamingProtocol: 'http' }),
        ],
        total: 2,
        categories: {},
      }),
    ),
    http.post('*/api/v1/pools', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json(makePool(), { status: 201 })
    }),
    http.patch('*/api/v1/pools/:id', async ({ request, params }) => {
      sent.push([params.id, await request.json()])
      return HttpResponse.json(makePool())
    }),
    http.delete('*/api/v1/pools/:id', ({ params }) => {
      sent.push(['delete', params.id])
      return new HttpResponse(null, { status: 204 })
    }),
  )
  renderPage(<PoolsView />, { me })
  return sent
}

test('each pool shows how full it is, whether it helped, and what each takes', async () => {
  show([makePool()])
  const row = (await screen.findByText('Terminal')).closest('tr')
  if (!row) throw new Error('no row')
  expect(within(row).getByRole('progressbar', { name: 'Waiting' })).toHaveAttribute(
    'aria-valuetext',
    '2 of 3',
  )
  expect(within(row).getByText('1 is starting')).toBeInTheDocument()
  expect(within(row).getByText('75 % of 4 starts')).toBeInTheDocument()
  expect(within(row).getByText(/^uses 1\d\d/)).toBeInTheDocument()
})

test('one that cannot be filled says why', async () => {
  const message = 'The X server could not be started.'
  show([makePool({ ready: 0, message, problem: { code: 'failed', message, agentId: 'robot' } })])
  expect(await screen.findByRole('alert')).toHaveTextContent(`robot could not start it: ${message}`)
})

test('why each machine has no room is said in the language of the page', async () => {
  const against = [
    { agentId: 'robot', code: 'full', message: 'All 4 places are taken.', params: { places: 4 } },
    { agentId: 'tin', code: 'offline', message: 'The agent is not connected.' },
    { agentId: 'new', code: 'unheard_of', message: 'The moon is full.' },
  ]
  await chooseLanguage('de')
  show([makePool({ ready: 0, problem: { code: 'no_room', message: 'No agent can.', agents: against } })])
  const alert = await screen.findByRole('alert')
  expect(
    within(alert)
      .getAllByRole('listitem')
      .map((one) => one.textContent),
  ).toEqual(['robot Alle 4 Plätze sind belegt.', 'tin Er ist nicht verbunden.', 'new The moon is full.'])
})

test('only applications that the engine shows can be made to wait', async () => {
  const sent = show([])
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: 'New pool' }))
  await user.click(screen.getByRole('button', { name: 'Have them wait' }))
  expect(sent).toEqual([])
  await user.click(screen.getByRole('combobox', { name: 'Application' }))
  expect(screen.queryByRole('option', { name: 'Notebook' })).not.toBeInTheDocument()
  await user.click(await screen.findByRole('option', { name: 'Terminal' }))
  await user.click(screen.getByRole('button', { name: 'Have them wait' }))
  await waitFor(() =>
    expect(sent).toEqual([
      { template: 'terminal', size: 1, maxAgeSeconds: 3600, agentId: null, orgId: null },
    ]),
  )
})

test('its size is changed and it is removed, after a question', async () => {
  const sent = show([makePool()])
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: 'Actions for Terminal' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Change' }))
  const size = screen.getByRole('textbox', { name: 'How many wait' })
  await user.clear(size)
  await user.type(size, '5')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(sent).toEqual([['p1', { size: 5, maxAgeSeconds: 3600 }]]))
  await user.click(screen.getByRole('button', { name: 'Actions for Terminal' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Remove' }))
  await user.click(await screen.findByRole('button', { name: 'Remove' }))
  await waitFor(() => expect(sent).toContainEqual(['delete', 'p1']))
})

test('who may only look changes nothing', async () => {
  show([makePool()], makeUser({ permissions: { 'pool:view': 'all' } }))
  await screen.findByText('Terminal')
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})
