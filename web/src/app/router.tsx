import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'

import { setSignedOutListener } from '@/api/client'
import { ApiError } from '@/api/errors'
import { meQuery } from '@/api/me'
import { templatesQuery } from '@/features/applications/api/templates'
import { isSort } from '@/features/sessions/table'
import type { SessionsSearch } from '@/features/sessions/components/sessions-view'
import { may } from '@/lib/authorization'
import { onSignOutElsewhere } from '@/lib/tabs'

import { Boundary, Loading, NotFound } from './boundaries'
import { Live } from './live'
import { queryClient } from './query-client'
import { Shell } from './layouts/shell'

const HomePage = lazyRouteComponent(() => import('./routes/home'), 'HomePage')

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === 'string' ? { next: search.next } : {},
  component: lazyRouteComponent(() => import('./routes/login'), 'LoginPage'),
})

/** Everything behind the login. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    if (location.pathname === '/') {
      // Fetched beside the login check instead of after it.
      void HomePage.preload?.()
      void queryClient.query(templatesQuery()).catch(() => undefined)
    }
    try {
      await queryClient.query({ ...meQuery(), staleTime: 'static' })
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        throw redirect({ to: '/login', search: loginSearch(location.href) })
      }
      throw error
    }
  },
  component: Live,
})

const shell = createRoute({ getParentRoute: () => signedIn, id: 'shell', component: Shell })

const home = createRoute({ getParentRoute: () => shell, path: '/', component: HomePage })

const sessionsSearch = (search: Record<string, unknown>): SessionsSearch => ({
  q: typeof search.q === 'string' && search.q !== '' ? search.q : undefined,
  sort: isSort(search.sort) ? search.sort : undefined,
  tab: search.tab === 'ended' ? 'ended' : undefined,
  all: search.all === true ? true : undefined,
})

const sessions = createRoute({
  getParentRoute: () => shell,
  path: '/sessions',
  validateSearch: sessionsSearch,
  component: lazyRouteComponent(() => import('./routes/sessions'), 'SessionsPage'),
})

const viewer = createRoute({
  getParentRoute: () => signedIn,
  path: '/sessions/$id',
  validateSearch: (search: Record<string, unknown>): { log?: true } => ({
    log: search.log === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import('./routes/viewer'), 'ViewerPage'),
})

const admin = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin',
  beforeLoad: async () => {
    const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
    if (!may(me, 'admin:open')) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('./layouts/admin'), 'AdminLayout'),
})

const adminIndex = createRoute({
  getParentRoute: () => admin,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/admin/agents', replace: true })
  },
})

const adminAgents = createRoute({
  getParentRoute: () => admin,
  path: '/agents',
  component: lazyRouteComponent(() => import('./routes/admin-agents'), 'AdminAgentsPage'),
})

const adminSessions = createRoute({
  getParentRoute: () => admin,
  path: '/sessions',
  validateSearch: sessionsSearch,
  component: lazyRouteComponent(() => import('./routes/admin-sessions'), 'AdminSessionsPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    signedIn.addChildren([
      shell.addChildren([home, sessions]),
      viewer,
      admin.addChildren([adminIndex, adminAgents, adminSessions]),
    ]),
  ]),
  defaultPreload: 'intent',
  // Pages load their data with queries, which have a cache of their own.
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: Boundary,
  defaultPendingComponent: Loading,
  defaultPendingMs: 300,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

function loginSearch(href: string): { next?: string } {
  return href === '/' ? {} : { next: href }
}

function toLogin(): void {
  const { href, pathname } = router.state.location
  if (pathname === '/login') return
  queryClient.clear()
  void router.navigate({ to: '/login', search: loginSearch(href) })
}

setSignedOutListener(toLogin)
onSignOutElsewhere(toLogin)
