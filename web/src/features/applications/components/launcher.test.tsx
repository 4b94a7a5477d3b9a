import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import type { Template } from '@/api/types'
import { makeTemplate, makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { Launcher } from './launcher'

const missing = makeTemplate({
  name: 'blender',
  displayName: 'Blender',
  available: false,
  unavailableReason: { code: 'packages_missing', message: 'Needs blender.', packages: ['blender'] },
})

function show(templates: Template[], me = makeUser()) {
  server.use(
    http.get('*/api/v1/templates', () =>
      HttpResponse.json({
        templates,
        total: templates.length,
        categories: { Development: templates.length },
      }),
    ),
  )
  const onLaunch = vi.fn()
  renderPage(<Launcher onLaunch={onLaunch} onOptions={vi.fn()} launching={null} />, { me })
  return onLaunch
}

test('one click launches', async () => {
  const onLaunch = show([makeTemplate()])
  await userEvent.click(await screen.findByRole('button', { name: /^Terminal/ }))
  expect(onLaunch).toHaveBeenCalledWith(expect.objectContaining({ name: 'xterm' }))
})

test('Enter in the search launches the first that is found', async () => {
  const onLaunch = show([makeTemplate(), makeTemplate({ name: 'gimp', displayName: 'GIMP' })])
  await screen.findByRole('button', { name: /^GIMP/ })
  await userEvent.type(screen.getByRole('searchbox'), 'gim{Enter}')
  expect(onLaunch).toHaveBeenCalledWith(expect.objectContaining({ name: 'gimp' }))
})

test('what lacks packages says so, and only administrators may install them', async () => {
  show([missing])
  expect(await screen.findByText('Needs blender.')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Install packages' })).toBeNull()
})

test('administrators get a button', async () => {
  show([missing], makeUser({ permissions: { 'agent:manage': 'all' } }))
  expect(await screen.findByRole('button', { name: 'Install packages' })).toBeInTheDocument()
})

test('no applications is a state of its own', async () => {
  show([])
  expect(await screen.findByText('No applications yet')).toBeInTheDocument()
})

test('an error shows the request id and can be tried again', async () => {
  server.use(
    http.get('*/api/v1/templates', () =>
      HttpResponse.json({ error: 'server_error', message: '', requestId: 'req-1' }, { status: 500 }),
    ),
  )
  renderPage(<Launcher onLaunch={vi.fn()} onOptions={vi.fn()} launching={null} />)
  expect(await screen.findByText('req-1')).toBeInTheDocument()
  show([makeTemplate()])
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect((await screen.findAllByRole('button', { name: /^Terminal/ })).length).toBeGreaterThan(0)
})
