import { useQuery } from '@tanstack/react-query'
import type { RouterHistory } from '@tanstack/react-router'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'

import { useMe } from '@/api/me'
import { makeUser } from '@/test/factories'
import { renderPage } from '@/test/render'
import { server } from '@/test/server'

import { OrganizationSwitcher } from './organization-switcher'

const acme = { id: 'o1', name: 'acme', displayName: 'Acme', orgRole: 'user' as const }
const lab = { id: 'o2', name: 'lab', displayName: 'Lab', orgRole: 'org_admin' as const }

const asked = vi.fn(() => Promise.resolve('things'))
function Page() {
  const me = useMe()
  useQuery({ queryKey: ['things'], queryFn: asked, staleTime: Infinity })
  return (
    <>
      <OrganizationSwitcher />
      <p>In {me.orgId}</p>
    </>
  )
}

test('is not there for people of one organisation', async () => {
  renderPage(<Page />)
  expect(await screen.findByText('In o1')).toBeInTheDocument()
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})

test('switching forgets what belongs to the old organisation and goes home', async () => {
  asked.mockClear()
  let sent: unknown
  server.use(
    http.post('*/api/v1/auth/switch', async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json({})
    }),
    http.get('*/api/v1/users/me', () => HttpResponse.json(makeUser({ orgId: 'o2' }))),
  )
  const me = makeUser({
    organizations: [
      { ...acme, current: true },
      { ...lab, current: false },
    ],
  })
  const { queryClient, router } = renderPage(<Page />, { me })
  queryClient.setQueryData(['old'], 'of Acme')
  const history = router.history as RouterHistory
  history.push('/deep/page')
  await vi.waitFor(() => expect(router.state.resolvedLocation?.pathname).toBe('/deep/page'))
  await userEvent.click(await screen.findByRole('button', { name: 'Organisation: Acme' }))
  await userEvent.click(await screen.findByRole('menuitemradio', { name: /Lab/ }))
  expect(await screen.findByText('In o2')).toBeInTheDocument()
  expect(sent).toEqual({ orgId: 'o2', cookie: true })
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2))
  expect(queryClient.getQueryData(['old'])).toBeUndefined()
  expect(router.state.location.pathname).toBe('/')
})
