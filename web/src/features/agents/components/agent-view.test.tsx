import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import type { Agent } from '@/api/types'
import { makeAgent, makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { AgentView } from './agent-view'

const admin = makeUser({ permissions: { 'agent:view': 'all', 'agent:manage': 'all' } })
const standing = {
  reserved: { sessions: 1, cpuMillicores: 1000, memoryBytes: 2 ** 30 },
  asleep: 1,
  starts: { underWay: 0, waiting: 0, atOnce: 4 },
  takesSessions: false,
  reasons: [
    { code: 'cordoned', message: 'The agent is cordoned.' },
    { code: 'full', message: 'All 8 places are taken.' },
  ],
}
const agent = makeAgent({
  agentId: 'alpha',
  connected: true,
  cordoned: true,
  capacity: { maxSessions: 8, cpu: '8', memory: '16Gi' },
  abilities: ['restart'],
  usage: { cpuPercent: 30 },
  standing,
})
const at = '2026-01-01T00:00:00Z'
const commands = [
  {
    commandId: 'c-1',
    agentId: 'alpha',
    action: 'usage',
    status: 'completed',
    result: { cpuCores: 0.5 },
    createdAt: at,
  },
  {
    commandId: 'c-2',
    agentId: 'alpha',
    action: 'ping',
    status: 'failed',
    errorMessage: 'It is deaf.',
    createdAt: at,
  },
]

function show(shown: Agent = agent, me = admin) {
  const sent: string[] = []
  server.use(
    http.get('*/api/v1/agents/alpha', () => HttpResponse.json(shown)),
    http.get('*/api/v1/agents/alpha/usage', () =>
      HttpResponse.json({ agentId: 'alpha', everySeconds: 120, samples: [] }),
    ),
    http.get('*/api/v1/agents/alpha/commands', () => HttpResponse.json({ commands, total: 2 })),
    http.get('*/api/v1/sessions', ({ request }) => {
      sent.push(`sessions ${new URL(request.url).searchParams.get('agent') ?? ''}`)
      return HttpResponse.json({ sessions: [], total: 0 })
    }),
    http.post('*/api/v1/agents/alpha/command', async ({ request }) => {
      const body = (await request.json()) as { action: string }
      sent.push(body.action)
      return HttpResponse.json(commands[0], { status: 201 })
    }),
    http.post('*/api/v1/agents/alpha/generate-key', () => {
      sent.push('generate-key')
      return HttpResponse.json({
        agentId: 'alpha',
        apiKey: 'ab'.repeat(32),
        message: '',
        warning: '',
        createdAt: at,
      })
    }),
  )
  renderPage(<AgentView id="alpha" onGone={vi.fn()} />, { me })
  return sent
}

test('says why it takes nothing: in the language of the page what it knows, else as the server put it', async () => {
  const sent = show()
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('An administrator has cordoned it off.')
  expect(alert).toHaveTextContent('All 8 places are taken.')
  expect(await screen.findByText('No session is on this machine.')).toBeInTheDocument()
  expect(sent).toContain('sessions alpha')
})

test('what was ordered is listed with what came of it', async () => {
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'What went wrong' }))
  expect(await screen.findByText('It is deaf.')).toBeVisible()
})

test('an order that ends something is asked for twice, and only what it can do is offered', async () => {
  const sent = show()
  await userEvent.click(await screen.findByRole('button', { name: 'Give an order' }))
  const items = await screen.findAllByRole('menuitem')
  expect(items.map((one) => one.textContent)).toEqual([
    'Ping',
    'List what it holds',
    'Measure its use',
    'Restart the agent',
  ])
  await userEvent.click(screen.getByRole('menuitem', { name: 'Restart the agent' }))
  const dialog = await screen.findByRole('dialog', { name: 'Restart alpha?' })
  expect(sent).not.toContain('restart')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Restart the agent' }))
  await vi.waitFor(() => expect(sent).toContain('restart'))
})

test('a made key is shown once and gone with its dialog', async () => {
  const sent = show()
  await userEvent.click(await screen.findByRole('button', { name: 'Make a key …' }))
  const question = await screen.findByRole('dialog', { name: 'Make a key for alpha?' })
  await userEvent.click(within(question).getByRole('button', { name: 'Make a key …' }))
  const shown = await screen.findByRole('dialog', { name: 'New key' })
  expect(shown).toHaveTextContent('ab'.repeat(32))
  expect(sent).toContain('generate-key')
  await userEvent.click(within(shown).getByRole('button', { name: 'Done' }))
  await vi.waitFor(() => expect(screen.queryByText(new RegExp('ab'.repeat(32)))).toBeNull())
})

test('one that is emptied says how far it is', async () => {
  show({ ...agent, draining: true, status: 'draining', evict: 'hibernate', drainingFrom: 4 })
  expect(await screen.findByRole('status')).toHaveTextContent('1 of 4 sessions still to be put to sleep.')
})

test('who may only look can change nothing', async () => {
  show(agent, makeUser({ permissions: { 'agent:view': 'all' } }))
  await screen.findByRole('heading', { name: 'alpha' })
  for (const name of ['Give an order', 'Make a key …', 'Edit', 'Remove']) {
    expect(screen.queryByRole('button', { name })).toBeNull()
  }
})
