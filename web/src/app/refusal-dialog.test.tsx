import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

import { ApiError } from '@/api/errors'
import { renderPage } from '@/test/render'

import RefusalDialog from './refusal-dialog'

test('a limit shows whose it is, how much is used, and the way to free some', async () => {
  const error = new ApiError(403, 'quota_exceeded', 'Too much.', null, {
    limit: 'memory',
    scope: 'group',
    name: 'Design',
    max: '8Gi',
    used: '7Gi',
    requested: '2Gi',
  })
  renderPage(<RefusalDialog refusal={{ name: 'Blender', error }} onClose={vi.fn()} />)
  expect(await screen.findByRole('dialog', { name: 'Blender would go over a limit' })).toBeInTheDocument()
  expect(screen.getByText(/The limit of the group Design/)).toBeInTheDocument()
  expect(screen.getByText('7 GiB of 8 GiB')).toBeInTheDocument()
  expect(screen.getByText(/2 GiB more/)).toBeInTheDocument()
  expect(screen.getByRole('progressbar', { name: 'Memory' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'My sessions' })).toHaveAttribute('href', '/sessions')
})
