import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { delay, http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import { chooseLanguage } from '@/lib/i18n'
import { makeQuota, makeSession, makeTemplate } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import type { Preview } from '../api/preview'
import { LaunchDialog } from './launch-dialog'

function makePreview(fields: Partial<Preview> = {}): Preview {
  return {
    possible: true,
    agentId: 'host-1',
    strategy: 'least_loaded',
    places: { regions: ['eu', 'us'], labels: { disk: ['fast', 'slow'], gpu: ['yes'] } },
    agents: [{ agentId: 'host-1', ok: true, reasons: [], score: 1 }],
    quota: { ok: true },
    reasons: [],
    message: 'It could start now.',
    ...fields,
  }
}

const full = {
  agentId: 'host-1',
  ok: false,
  reasons: [{ code: 'full', message: 'All 4 places are taken.', params: { places: 4 } }],
}
const noCapacity = { code: 'no_capacity', message: 'No agent has room.' }

/** Shows the dialog; `answer` says what a dry run finds. Returns what was asked and what was started. */
function show(answer: (wish: Record<string, unknown>) => Preview = () => makePreview()) {
  const asked: Record<string, unknown>[] = []
  const started: unknown[] = []
  server.use(
    http.post('*/api/v1/sessions', async ({ request }) => {
      const wish = (await request.json()) as Record<string, unknown>
      if (new URL(request.url).searchParams.get('dryRun') !== 'true') {
        started.push(wish)
        return HttpResponse.json(makeSession({ id: 'new' }), { status: 201 })
      }
      asked.push(wish)
      return HttpResponse.json(answer(wish))
    }),
    http.get('*/api/v1/users/me/quota', () => HttpResponse.json(makeQuota())),
  )
  const onStarted = vi.fn()
  const template = makeTemplate({ name: 'editor', displayName: 'Editor' })
  const onClose = vi.fn()
  renderPage(<LaunchDialog template={template} onClose={onClose} onStarted={onStarted} />)
  return { asked, started, onStarted, onClose }
}

const startButton = () => screen.findByRole('button', { name: 'Start' })

test('says where it would start, and starts it with one key', async () => {
  const { asked, started, onStarted } = show()
  expect(await screen.findByRole('status')).toHaveTextContent('It would start on host-1 now.')
  await waitFor(async () => expect(await startButton()).toHaveFocus())
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(onStarted).toHaveBeenCalledOnce())
  const usual = {
    template: 'editor',
    resources: { cpu: '1000m', memory: '1024Mi' },
    persistentHome: true,
    tags: [],
  }
  expect(asked).toEqual([usual])
  expect(started).toEqual([usual])
})

test('names the place in the queue', async () => {
  show(() => makePreview({ queuePosition: 3 }))
  expect(await screen.findByRole('status')).toHaveTextContent('as number 3 in its queue')
})

test('a place is chosen among those there are, by keyboard', async () => {
  const { asked, started } = show()
  const user = userEvent.setup()
  const more = await screen.findByRole('button', { name: 'More' })
  expect(more).toHaveAttribute('aria-expanded', 'false')
  await screen.findByRole('status')
  more.focus()
  await user.keyboard('{Enter}')
  expect(more).toHaveAttribute('aria-expanded', 'true')
  ;(await screen.findByRole('combobox', { name: 'Region' })).focus()
  await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
  const labels = screen.getByLabelText('Machine with', { selector: 'input' })
  for (const wanted of ['fa', 'gp', 'sl']) {
    labels.focus()
    await user.keyboard(`${wanted}{ArrowDown}{Enter}`)
  }
  const placement = { region: 'us', labels: { disk: 'slow', gpu: 'yes' } }
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ placement }))
  expect(started).toEqual([])
  await user.click(await startButton())
  await waitFor(() => expect(started).toEqual([expect.objectContaining({ placement })]))
})

test('where no machine has a region or a label, none is offered', async () => {
  show(() => makePreview({ places: { regions: [], labels: {} } }))
  await screen.findByRole('status')
  await userEvent.click(screen.getByRole('button', { name: 'More' }))
  expect(await screen.findByRole('combobox', { name: 'End after' })).toBeInTheDocument()
  expect(screen.queryByRole('combobox', { name: 'Region' })).not.toBeInTheDocument()
  expect(screen.queryByRole('combobox', { name: 'Machine with' })).not.toBeInTheDocument()
})

test.each([
  [
    'when there will be room',
    { when: '2026-11-22T18:00:00Z' },
    /There will be room at .*2026.* at the latest/,
  ],
  ['that it is not known when', { waitingHelps: true }, /room when enough sessions end/],
  ['that waiting does not help', { waitingHelps: false }, /Waiting does not help/],
  ['that there is none at all', { agents: [] }, /No machine is registered/],
])('a start that no machine can take says %s', async (_what, fields, said) => {
  show(() =>
    makePreview({ possible: false, agentId: null, reasons: [noCapacity], agents: [full], ...fields }),
  )
  expect(await screen.findByRole('status')).toHaveTextContent(said)
  expect(await startButton()).toBeDisabled()
})

test('what each machine says is in the language of the page', async () => {
  await chooseLanguage('de')
  show(() => makePreview({ possible: false, agentId: null, reasons: [noCapacity], agents: [full] }))
  await userEvent.click(await screen.findByText('Rechner', { selector: 'summary' }))
  expect(screen.getByText('Alle 4 Plätze sind belegt.')).toBeInTheDocument()
})

test('a limit is shown with whose it is', async () => {
  const details = { limit: 'sessions', scope: 'user', name: 'sam', max: 5, used: 5, requested: 1 }
  show(() =>
    makePreview({
      possible: false,
      quota: { ok: false, message: 'Too many.', details },
      reasons: [{ code: 'quota_exceeded', message: 'Too many.' }],
    }),
  )
  expect(await screen.findByText('Your own limit')).toBeInTheDocument()
  expect(screen.queryByText('Too many.')).not.toBeInTheDocument()
})

test('an answer to an earlier question forbids nothing', async () => {
  let answers = 0
  const { started } = show(() => {
    answers += 1
    return makePreview(answers === 1 ? { possible: false, reasons: [noCapacity], agents: [full] } : {})
  })
  await waitFor(async () => expect(await startButton()).toBeDisabled())
  await userEvent.click(screen.getByRole('switch', { name: /Keep the home folder/ }))
  expect(await startButton()).toBeEnabled()
  await userEvent.click(await startButton())
  await waitFor(() => expect(started).toHaveLength(1))
})

test('a refused start is said, and nothing is started twice', async () => {
  const { onStarted } = show()
  let tries = 0
  await screen.findByRole('status')
  server.use(
    http.post('*/api/v1/sessions', async ({ request }) => {
      if (new URL(request.url).searchParams.get('dryRun') === 'true') return HttpResponse.json(makePreview())
      tries += 1
      await delay(300)
      return HttpResponse.json({ error: 'no_capacity', message: 'Full.' }, { status: 503 })
    }),
  )
  await userEvent.dblClick(await startButton())
  expect(await screen.findByRole('alert')).toHaveTextContent('No room right now')
  expect(tries).toBe(1)
  expect(onStarted).not.toHaveBeenCalled()
})

test('what a choice would change is asked once, not again and again', async () => {
  const { asked } = show()
  await screen.findByRole('status')
  await userEvent.click(screen.getByRole('switch', { name: /Keep the home folder/ }))
  await waitFor(() => expect(asked).toHaveLength(2))
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(asked.map((one) => one.persistentHome)).toEqual([true, false])
})
