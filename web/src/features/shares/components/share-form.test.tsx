import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test } from 'vitest'

import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { ShareForm } from './share-form'

const made = {
  id: 'x',
  sessionId: 's1',
  kind: 'link',
  permission: 'view',
  state: 'active',
  uses: 0,
  createdBy: 'u1',
  createdAt: '2026-01-02T03:04:05Z',
  expiresAt: '2026-01-03T03:04:05Z',
}

function answer(more: object) {
  const asked: unknown[] = []
  server.use(
    http.post('*/api/v1/sessions/s1/shares', async ({ request }) => {
      asked.push(await request.json())
      return HttpResponse.json({ ...made, ...more }, { status: 201 })
    }),
  )
  return asked
}

test('a person is found by a part of their name and invited to watch for a day', async () => {
  const asked = answer({ kind: 'user', username: 'bob' })
  server.use(
    http.get('*/api/v1/sessions/s1/invitees', ({ request }) => {
      const found = new URL(request.url).searchParams.get('search') === 'ba'
      const people = found ? [{ id: 'u2', username: 'bob', fullName: 'Bob Baker' }] : []
      return HttpResponse.json({ people, total: people.length })
    }),
  )
  renderPage(<ShareForm sessionId="s1" />)
  expect(await screen.findByRole('button', { name: 'Invite' })).toBeDisabled()
  await userEvent.type(screen.getByPlaceholderText(/two letters/), 'ba')
  await userEvent.click(await screen.findByRole('option', { name: 'Bob Baker (bob)' }))
  await userEvent.click(screen.getByRole('button', { name: 'Invite' }))
  await waitFor(() =>
    expect(asked).toEqual([{ kind: 'user', userId: 'u2', permission: 'view', expiresIn: '24h' }]),
  )
})

test('a link is shown once, with whether guests get in', async () => {
  const url = 'https://example.test/invite#ssl_secret'
  const asked = answer({ token: 'ssl_secret', url })
  server.use(http.post('*/api/v1/shares/preview', () => HttpResponse.json({ state: 'active', guests: true })))
  renderPage(<ShareForm sessionId="s1" />)
  await userEvent.click(await screen.findByText('By a link'))
  await userEvent.type(screen.getByLabelText('How many people may open it'), '3')
  await userEvent.click(screen.getByRole('button', { name: 'Make a link' }))
  expect(await screen.findByText(url)).toBeVisible()
  expect(await screen.findByText(/also for people without a login/)).toBeVisible()
  expect(asked).toEqual([{ kind: 'link', permission: 'view', expiresIn: '24h', maxUses: 3 }])
  await userEvent.click(screen.getByRole('button', { name: 'Done' }))
  expect(screen.queryByText(url)).toBeNull()
})

test('a refusal is told where it was asked for', async () => {
  server.use(
    http.post('*/api/v1/sessions/s1/shares', () =>
      HttpResponse.json(
        { error: 'too_many_shares', message: 'This session has as many shares as it may have.' },
        { status: 409 },
      ),
    ),
  )
  renderPage(<ShareForm sessionId="s1" />)
  await userEvent.click(await screen.findByText('By a link'))
  await userEvent.click(screen.getByRole('button', { name: 'Make a link' }))
  expect(await screen.findByText('This session has as many shares as it may have.')).toBeVisible()
})
