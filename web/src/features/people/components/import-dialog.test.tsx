import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import ImportDialog from './import-dialog'

const CSV = 'username,email,fullName\nada,ada@example.org,Ada\nx,bad,X\n'

async function choose(failed: object[]) {
  const asked: { query: string; type: string | null; body: string }[] = []
  server.use(
    http.post('*/api/v1/users/import', async ({ request }) => {
      const query = new URL(request.url).search
      asked.push({ query, type: request.headers.get('Content-Type'), body: await request.text() })
      const dry = query.includes('dryRun=true')
      return HttpResponse.json({
        created: dry ? [] : ['ada'],
        wouldCreate: dry ? ['ada'] : [],
        failed,
        total: 1 + failed.length,
      })
    }),
  )
  const onClose = vi.fn()
  renderPage(<ImportDialog onClose={onClose} />)
  await screen.findByRole('dialog')
  const input = document.querySelector<HTMLInputElement>('input[type=file]')
  if (!input) throw new Error('There is no field for a file.')
  await userEvent.upload(input, new File([CSV], 'people.csv', { type: 'text/csv' }))
  return { asked, onClose }
}

test('a file is checked before anything is made, and is sent as it is', async () => {
  const { asked, onClose } = await choose([])
  await userEvent.click(await screen.findByRole('button', { name: 'Import one person' }))
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(asked).toEqual([
    { query: '?dryRun=true&partial=true', type: 'text/csv', body: CSV },
    { query: '?dryRun=false&partial=false', type: 'text/csv', body: CSV },
  ])
})

test('lines with problems are named, and left out only on purpose', async () => {
  const { asked } = await choose([{ line: 3, username: 'x', error: 'bad_line', message: 'email: not one.' }])
  expect(await screen.findByText('email: not one.')).toBeInTheDocument()
  const start = screen.getByRole('button', { name: 'Import one person' })
  expect(start).toBeDisabled()
  await userEvent.click(screen.getByRole('checkbox', { name: /Leave these lines out/ }))
  await userEvent.click(start)
  await vi.waitFor(() => expect(asked.at(-1)?.query).toBe('?dryRun=false&partial=true'))
})
