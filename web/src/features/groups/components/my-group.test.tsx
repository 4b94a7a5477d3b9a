import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import type { Group } from '@/api/admin-types'
import { makeGroup, makeQuota, makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { MyGroup } from './my-group'
import { MyGroups } from './my-groups'

// Somebody who runs nothing but a group.
const me = makeUser({ permissions: { 'group:view': 'org', 'quota:view': 'own', 'user:view': 'own' } })

function show(myRole: Group['myRole']) {
  const base = { email: '', groupId: 'g1', createdAt: '2026-01-02T03:04:05Z' }
  const group = makeGroup({ id: 'g1', displayName: 'Crew', memberCount: 2, parentId: 'g0', myRole })
  const sent: unknown[] = []
  server.use(
    http.get('*/api/v1/users/me', () => HttpResponse.json(me)),
    http.get('*/api/v1/groups', () =>
      HttpResponse.json({ groups: [makeGroup({ id: 'g0', displayName: 'Engineering' }), group], total: 2 }),
    ),
    http.get('*/api/v1/groups/g1', () => HttpResponse.json(group)),
    http.get('*/api/v1/groups/g1/quota', () => HttpResponse.json(makeQuota({ maxSessions: 4 }))),
    http.get('*/api/v1/groups/g1/members', () =>
      HttpResponse.json({
        members: [
          { ...base, id: 'm1', userId: 'u1', username: 'sam', fullName: 'Sam', role: myRole ?? 'member' },
          { ...base, id: 'm2', userId: 'u2', username: 'zoe', fullName: 'Zoe', role: 'member' },
        ],
        total: 2,
      }),
    ),
    http.all('*/api/v1/groups/g1/members/:id', async ({ request, params }) => {
      const body = request.method === 'DELETE' ? null : await request.json()
      sent.push([request.method, params.id, body])
      return new HttpResponse(null, { status: 204 })
    }),
    http.post('*/api/v1/groups/g1/members', async ({ request }) => {
      const body = (await request.json()) as { username?: string }
      sent.push(['POST', body])
      if (body.username !== 'ada') {
        return HttpResponse.json(
          { error: 'not_in_organization', message: '', requestId: 'r' },
          { status: 404 },
        )
      }
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const onGone = vi.fn()
  renderPage(<MyGroup id="g1" onGone={onGone} />, { me })
  return { sent, onGone }
}

test('an administrator of a group adds people by name, without a list of people', async () => {
  const { sent } = show('admin')
  await userEvent.click(await screen.findByRole('button', { name: 'Add somebody' }))
  const dialog = await screen.findByRole('dialog', { name: 'Add to Crew' })
  const field = within(dialog).getByRole('textbox', { name: 'User name or e-mail address' })
  await userEvent.type(field, 'nobody{Enter}')
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('Nobody found')
  await userEvent.clear(field)
  await userEvent.type(field, 'ada{Enter}')
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sent.at(-1)).toEqual(['POST', { username: 'ada', role: 'member' }])
})

test('an administrator changes roles but neither limits nor the place of the group', async () => {
  const { sent } = show('admin')
  await userEvent.click(await screen.findByRole('combobox', { name: 'Role of Zoe' }))
  expect(screen.queryByRole('option', { name: 'Owner' })).toBeNull()
  await userEvent.click(await screen.findByRole('option', { name: 'Administrator' }))
  await vi.waitFor(() => expect(sent).toEqual([['PATCH', 'u2', { role: 'admin' }]]))
  expect(screen.queryByRole('button', { name: 'Change limits' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Actions for Crew' }))
  expect(screen.queryByRole('menuitem', { name: 'Delete the group' })).toBeNull()
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit the group' }))
  const dialog = await screen.findByRole('dialog', { name: 'Edit the group' })
  expect(within(dialog).queryByLabelText('Inside')).toBeNull()
})

test('a member looks, sees where the group is, and may leave after a question', async () => {
  const { sent, onGone } = show('member')
  expect(await screen.findByText('Zoe')).toBeInTheDocument()
  expect(await screen.findByText(/Engineering/)).toBeInTheDocument()
  // Neither leads to the administration, which is not theirs.
  expect(screen.queryByRole('link', { name: /Engineering|Zoe/ })).toBeNull()
  expect(screen.queryByRole('button', { name: /^Add|^Remove/ })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Actions for Crew' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Leave the group' }))
  const dialog = await screen.findByRole('dialog', { name: 'Leave Crew?' })
  expect(sent).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: 'Leave the group' }))
  await vi.waitFor(() => expect(onGone).toHaveBeenCalled())
  expect(sent).toEqual([['DELETE', 'u1', null]])
})

test('a group of others shows what it is, not who is in it', async () => {
  show(null)
  expect(await screen.findByRole('heading', { name: 'Crew' })).toBeInTheDocument()
  expect(screen.queryByText('Zoe')).toBeNull()
  expect(screen.queryByRole('button', { name: 'Actions for Crew' })).toBeNull()
})

test('a group that is gone says so', async () => {
  server.use(
    http.get('*/api/v1/groups', () => HttpResponse.json({ groups: [], total: 0 })),
    http.get('*/api/v1/groups/g1', () =>
      HttpResponse.json({ error: 'group_not_found', message: 'Gone', requestId: 'r' }, { status: 404 }),
    ),
  )
  renderPage(<MyGroup id="g1" onGone={vi.fn()} />, { me })
  expect(await screen.findByText('This group does not exist')).toBeInTheDocument()
})

test('the list leads to each group and names the role in it', async () => {
  server.use(
    http.get('*/api/v1/users/u1/groups', () =>
      HttpResponse.json({
        groups: [makeGroup({ id: 'g1', displayName: 'Crew', myRole: 'owner' })],
        total: 1,
      }),
    ),
  )
  renderPage(<MyGroups />, { me })
  const row = await screen.findByRole('listitem')
  expect(row).toHaveTextContent('Owner')
  expect(within(row).getByRole('link', { name: 'Crew' })).toHaveAttribute('href', '/account/groups/g1')
})
