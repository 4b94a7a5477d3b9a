import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import type { Person } from '@/api/admin-types'
import { makePerson, makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import type { PeopleSearch } from '../table'
import { PeopleView } from './people-view'

const manager = makeUser({ permissions: { 'user:view': 'org', 'user:manage': 'org' } })
const people = [
  makePerson(),
  makePerson({ id: 'u2', username: 'zoe', fullName: 'Zoe Zander', active: false }),
  makePerson({ id: 'u3', username: 'ada', fullName: 'Ada Lovelace', locked: true }),
]

function show(search: PeopleSearch = {}, found: Person[] = people, me = manager) {
  const asked: URL[] = []
  server.use(
    http.get('*/api/v1/users', ({ request }) => {
      asked.push(new URL(request.url))
      return HttpResponse.json({ users: found, total: found.length })
    }),
  )
  const onSearch = vi.fn()
  renderPage(<PeopleView search={search} onSearch={onSearch} onCreate={vi.fn()} />, { me })
  return { asked, onSearch }
}

test('the address decides what the server is asked', async () => {
  const { asked } = show({ q: 'sam', orgRole: 'viewer', active: false, sort: '-lastLogin' })
  await screen.findByText('Zoe Zander')
  expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toEqual({
    search: 'sam',
    orgRole: 'viewer',
    active: 'false',
    sort: '-lastLogin',
    limit: '100',
  })
})

test('a click on a heading sorts, and another one the other way', async () => {
  const { onSearch } = show({ sort: '-createdAt' })
  const heading = await screen.findByRole('columnheader', { name: 'Created' })
  expect(heading).toHaveAttribute('aria-sort', 'descending')
  expect(screen.getByRole('columnheader', { name: 'Person' })).toHaveAttribute('aria-sort', 'none')
  await userEvent.click(within(heading).getByRole('button'))
  expect(onSearch).toHaveBeenLastCalledWith({ sort: 'createdAt' })
  // Moments begin with the newest, names with the first of the alphabet, which needs no word in the address.
  await userEvent.click(screen.getByRole('button', { name: 'Last sign-in' }))
  expect(onSearch).toHaveBeenLastCalledWith({ sort: '-lastLogin' })
  await userEvent.click(screen.getByRole('button', { name: 'Person' }))
  expect(onSearch).toHaveBeenLastCalledWith({ sort: undefined })
})

test('deactivating asks first, says what happens, and can be taken back', async () => {
  const sent: unknown[] = []
  show()
  server.use(
    http.patch('*/api/v1/users/:id', async ({ request, params }) => {
      const body = (await request.json()) as { active: boolean }
      sent.push([params.id, body.active])
      return HttpResponse.json(makePerson({ id: String(params.id), active: body.active }))
    }),
  )
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Select Sam Carter' }))
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select Zoe Zander' }))
  const bar = screen.getByRole('region')
  expect(within(bar).getByText('2 selected')).toBeInTheDocument()
  await userEvent.click(within(bar).getByRole('button', { name: 'Deactivate' }))
  const dialog = await screen.findByRole('dialog', { name: 'Deactivate Sam Carter?' })
  expect(dialog).toHaveTextContent('signed out everywhere at once')
  expect(sent).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: 'Deactivate' }))
  // Zoe is deactivated already.
  await vi.waitFor(() => expect(sent).toEqual([['u1', false]]))
})

test('who may only look selects nothing and changes nothing', async () => {
  show({}, people, makeUser({ permissions: { 'user:view': 'org' } }))
  await screen.findByText('Ada Lovelace')
  expect(screen.queryByRole('checkbox')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Actions for ada' }))
  expect(await screen.findByRole('menuitem', { name: 'Open' })).toBeInTheDocument()
  expect(screen.queryByRole('menuitem', { name: 'Deactivate' })).toBeNull()
})

test('filters that find nobody offer to clear them', async () => {
  const { onSearch } = show({ q: 'nobody', sort: '-createdAt' }, [])
  await userEvent.click(await screen.findByRole('button', { name: 'Clear the filters' }))
  expect(onSearch).toHaveBeenCalledWith({ sort: '-createdAt' })
})
