import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
  type AnyRouter,
} from '@tanstack/react-router'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'

import { meQuery } from '@/api/me'
import type { User } from '@/api/types'
import { ConfirmProvider } from '@/components/confirm'

import { makeUser } from './factories'

/** Draws something as a signed-in person sees it. */
export function renderPage(page: ReactNode, { me = makeUser() }: { me?: User } = {}) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  queryClient.setQueryData(meQuery().queryKey, me)
  const router: AnyRouter = createRouter({
    routeTree: createRootRoute({ component: () => page, notFoundComponent: () => page }),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  })
  const view = render(
    <MantineProvider env="test">
      <QueryClientProvider client={queryClient}>
        <ConfirmProvider>
          <RouterProvider router={router} />
        </ConfirmProvider>
      </QueryClientProvider>
    </MantineProvider>,
  )
  return { ...view, queryClient, router }
}
