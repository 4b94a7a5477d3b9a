import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import { makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import type { AuditEntry } from '../api/audit'
import { AuditActions } from './audit-actions'
import { AuditView } from './audit-view'

const entry: AuditEntry = {
  seq: 7,
  at: '2026-01-02T03:04:05Z',
  actorKind: 'user',
  actorName: 'sam',
  action: 'user.updated',
  resourceType: 'user',
  resourceId: 'u9',
  outcome: 'ok',
  changes: { before: { role: 'user', email: 'a@b.c' }, after: { role: 'admin', email: 'a@b.c' } },
}

test('an entry shows what changed, and leads to more of its kind', async () => {
  server.use(http.get('*/api/v1/admin/audit', () => HttpResponse.json({ logs: [entry], total: 1 })))
  const onSearch = vi.fn()
  renderPage(<AuditView search={{ outcome: 'ok' }} onSearch={onSearch} />)
  await userEvent.click(await screen.findByRole('button', { name: 'user.updated' }))
  const drawer = await screen.findByRole('dialog', { name: 'Entry 7' })
  const rows = within(drawer).getAllByRole('row')
  expect(rows.map((row) => row.textContent)).toEqual(['FieldBeforeAfter', 'roleuseradmin', 'emaila@b.ca@b.c'])
  await userEvent.click(within(drawer).getByRole('button', { name: 'user u9' }))
  expect(onSearch).toHaveBeenCalledWith({ outcome: 'ok', resource: 'user', id: 'u9' })
})

test('a broken log says where', async () => {
  server.use(
    http.get('*/api/v1/admin/audit/verify', () =>
      HttpResponse.json({
        ok: false,
        entries: 9,
        head: { seq: 9, hash: 'abc' },
        brokenAt: 4,
        reason: 'Its hash differs.',
      }),
    ),
  )
  renderPage(<AuditActions search={{}} />, { me: makeUser({ permissions: { 'audit:view': 'all' } }) })
  await userEvent.click(await screen.findByRole('button', { name: 'Verify' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('It breaks at entry 4. Its hash differs.')
})

test('who sees one organisation cannot verify the whole', async () => {
  renderPage(<AuditActions search={{}} />, { me: makeUser({ permissions: { 'audit:view': 'org' } }) })
  expect(await screen.findByRole('button', { name: 'Export' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Verify' })).toBeNull()
})
