import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import { makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { PolicySection } from './policy-section'

const SILENT = {
  clipboard: null,
  upload: null,
  download: null,
  maxUploadBytes: null,
  microphone: null,
  printing: null,
  watermark: null,
}

function show(canSet: boolean) {
  const sent: unknown[] = []
  let said = { ...SILENT, printing: false as boolean | null }
  const answer = () => ({
    ...said,
    updatedAt: null,
    effective: {
      clipboard: 'in',
      upload: true,
      download: false,
      maxUploadBytes: 1024 ** 2,
      microphone: true,
      printing: false,
      watermark: false,
      sources: {
        clipboard: { kind: 'organization', id: 'o1', name: 'Acme' },
        printing: { kind: 'group', id: 'g1', name: 'Crew' },
      },
    },
  })
  server.use(
    http.get('*/api/v1/groups/g1/policy', () => HttpResponse.json(answer())),
    http.put('*/api/v1/groups/g1/policy', async ({ request }) => {
      said = (await request.json()) as typeof said
      sent.push(said)
      return HttpResponse.json(answer())
    }),
  )
  renderPage(<PolicySection owner={{ kind: 'group', id: 'g1' }} name="Crew" canSet={canSet} />, {
    me: makeUser({}),
  })
  return sent
}

test('what holds is shown with who restricts it, and nobody without the right changes it', async () => {
  show(false)
  expect(await screen.findByText('Only into the session')).toHaveTextContent('By the organisation Acme')
  expect(screen.getByText('Files up to 1 MiB')).toBeVisible()
  expect(screen.queryByRole('button')).toBeNull()
})

test('a choice is sent with all that was said before, and what is silent stays silent', async () => {
  const sent = show(true)
  await userEvent.click(await screen.findByRole('button', { name: 'Change' }))
  const dialog = await screen.findByRole('dialog', { name: 'What may cross: Crew' })
  expect(within(dialog).getByRole('combobox', { name: 'Printing' })).toHaveValue('Not allowed')
  await userEvent.click(within(dialog).getByRole('combobox', { name: 'Watermark' }))
  await userEvent.click(await screen.findByRole('option', { name: 'Shown' }))
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Largest file' }), '2')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sent).toEqual([{ ...SILENT, printing: false, watermark: true, maxUploadBytes: 2 * 1024 ** 2 }])
})
