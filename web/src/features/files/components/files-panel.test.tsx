import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test } from 'vitest'

import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import type { FileEntry } from '../api/files'
import FilesPanel from './files-panel'

let number = 0

/** A session with a home; each test has another one, since tokens are remembered. */
function serve(home: Record<string, FileEntry[]>, policy: object = {}) {
  number += 1
  const id = `s${number}`
  const gate = `http://gate.test/f/${id}`
  const asked: string[] = []
  server.use(
    http.post(`*/api/v1/sessions/${id}/files/access`, () =>
      HttpResponse.json({ url: gate, token: 't', expiresAt: new Date(Date.now() + 6e5).toISOString() }),
    ),
    http.get(`*/api/v1/sessions/${id}/policy`, () =>
      HttpResponse.json({ upload: true, download: true, sources: {}, ...policy }),
    ),
    http.get(`${gate}/list`, ({ request }) => {
      expect(request.headers.get('authorization')).toBe('Bearer t')
      const path = new URL(request.url).searchParams.get('path') ?? ''
      const entries = home[path] ?? []
      return HttpResponse.json({ path, entries, total: entries.length, complete: true })
    }),
    http.all(`${gate}/:what`, ({ request }) => {
      const { pathname, searchParams } = new URL(request.url)
      asked.push(
        `${request.method} ${pathname.split('/').at(-1) ?? ''} ${[...searchParams.values()].join(' ')}`,
      )
      return HttpResponse.json({ url: 'about:blank' })
    }),
  )
  return { id, asked }
}

const file = (name: string): FileEntry => ({ name, type: 'file', size: 2048, modified: 1_700_000_000 })
const folder = (name: string): FileEntry => ({ name, type: 'folder', size: 0, modified: 1_700_000_000 })

test('one walks through folders and back', async () => {
  const { id } = serve({ '': [folder('Documents'), file('a.txt')], Documents: [file('b.txt')] })
  renderPage(<FilesPanel sessionId={id} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Open the folder Documents' }))
  expect(await screen.findByText('b.txt')).toBeVisible()
  expect(screen.queryByText('a.txt')).toBeNull()
  await userEvent.click(within(screen.getByRole('navigation')).getByRole('button', { name: 'Home' }))
  expect(await screen.findByText('a.txt')).toBeVisible()
  expect(screen.getByText(/2 KiB/)).toBeVisible()
})

test('an empty folder says how to start', async () => {
  const { id } = serve({})
  renderPage(<FilesPanel sessionId={id} />)
  expect(await screen.findByRole('heading', { name: 'This folder is empty' })).toBeVisible()
})

test('a folder is made, one is renamed, one is deleted after a question', async () => {
  const { id, asked } = serve({ '': [folder('old')] })
  renderPage(<FilesPanel sessionId={id} />)
  await screen.findByText('old')
  await userEvent.click(screen.getByRole('button', { name: 'New folder' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText('Name'), 'old')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Create' }))
  expect(within(dialog).getByText('There is something of this name already.')).toBeVisible()
  await userEvent.type(within(dialog).getByLabelText('Name'), 'er')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(asked).toContain('POST folders older'))

  await userEvent.click(screen.getByRole('button', { name: 'Actions for old' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Rename' }))
  const renaming = await screen.findByRole('dialog', { name: 'Rename old' })
  await userEvent.type(within(renaming).getByLabelText('Name'), '2')
  await userEvent.click(within(renaming).getByRole('button', { name: 'Rename' }))
  await waitFor(() => expect(asked).toContain('POST moves old old2'))

  await userEvent.click(screen.getByRole('button', { name: 'Actions for old' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  const question = await screen.findByRole('dialog', { name: 'Delete old?' })
  expect(asked.some((one) => one.startsWith('DELETE'))).toBe(false)
  await userEvent.click(within(question).getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(asked).toContain('DELETE entries old'))
})

test('a file is fetched by the browser itself', async () => {
  const { id, asked } = serve({ '': [file('a.txt')] })
  renderPage(<FilesPanel sessionId={id} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Download a.txt' }))
  await waitFor(() => expect(asked).toEqual(['POST links a.txt']))
  await waitFor(() => expect(document.querySelector('iframe[src="about:blank"]')).not.toBeNull())
})

test('what a policy forbids is not offered, and who forbids it is named', async () => {
  const source = { kind: 'organization', id: 'o1', name: 'Acme' }
  const { id } = serve({ '': [file('a.txt')] }, { download: false, sources: { download: source } })
  renderPage(<FilesPanel sessionId={id} />)
  expect(await screen.findByText('Files may not leave this session')).toBeVisible()
  expect(screen.getByText('Acme says so.')).toBeVisible()
  expect(await screen.findByRole('button', { name: 'a.txt' })).toBeDisabled()
  expect(screen.getByRole('button', { name: 'Upload' })).toBeVisible()
})

test('what the session says of its files is shown', async () => {
  const { id } = serve({})
  server.use(
    http.get(`http://gate.test/f/${id}/list`, () =>
      HttpResponse.json({ error: 'no_files', message: 'This session has no files.' }, { status: 409 }),
    ),
  )
  renderPage(<FilesPanel sessionId={id} />)
  expect(await screen.findByRole('alert')).toHaveTextContent('This session has no files.')
})
