import { screen } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { expect, test } from 'vitest'

import { makeGroup } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { GroupMembers } from './group-members'

function show(isOwner: boolean) {
  const base = { email: '', groupId: 'g1', createdAt: '2026-01-02T03:04:05Z' }
  server.use(
    http.get('*/api/v1/groups/g1/members', () =>
      HttpResponse.json({
        members: [
          { ...base, id: 'm1', userId: 'u1', username: 'sam', fullName: 'Sam', role: 'owner' },
          { ...base, id: 'm2', userId: 'u2', username: 'zoe', fullName: 'Zoe', role: 'member' },
        ],
        total: 2,
      }),
    ),
  )
  renderPage(<GroupMembers group={makeGroup({ id: 'g1' })} canChange isOwner={isOwner} />)
}

test('an administrator of a group does not touch its owners', async () => {
  show(false)
  expect(await screen.findByRole('button', { name: 'Remove Zoe' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Remove Sam' })).toBeNull()
  expect(screen.getByText('Owner')).toBeInTheDocument()
})

test('an owner does', async () => {
  show(true)
  expect(await screen.findByRole('button', { name: 'Remove Sam' })).toBeInTheDocument()
})
