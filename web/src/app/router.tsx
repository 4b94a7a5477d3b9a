import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'

import { setEnrolmentListener, setSignedOutListener } from '@/api/client'
import { ApiError } from '@/api/errors'
import { meQuery } from '@/api/me'
import { templatesQuery } from '@/features/applications/api/templates'
import { agentsSearch } from '@/features/agents/search'
import { auditSearch } from '@/features/audit/filter'
import { keysSearch } from '@/features/org-keys/table'
import { organizationsSearch } from '@/features/organizations/table'
import { peopleSearch } from '@/features/people/table'
import { quotasSearch } from '@/features/quotas/fullness'
import { isSort } from '@/features/sessions/table'
import type { SessionsSearch } from '@/features/sessions/components/sessions-view'
import { may, mustEnrol, type Policy } from '@/lib/authorization'
import { withTexts } from '@/lib/i18n'
import { providersQuery } from '@/features/sign-in/api/providers'
import { onSignOutElsewhere, onSwitchElsewhere } from '@/lib/tabs'

import { Boundary, Loading, NotFound } from './boundaries'
import { Live } from './live'
import { queryClient } from './query-client'
import { Shell } from './layouts/shell'
import { isSetupSkipped } from './setup-skipped'
import { startOver } from './use-switch'

const HomePage = lazyRouteComponent(() => import('./routes/home'), 'HomePage')

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): LoginSearch => ({
    ...nextSearch(search),
    ...(typeof search.error === 'string' && { error: search.error }),
  }),
  // The ways in are there from the first look on; without the list, name and password are.
  loader: () => queryClient.query(providersQuery()).catch(() => undefined),
  component: lazyRouteComponent(
    withTexts(() => import('./routes/login')),
    'LoginPage',
  ),
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
    await requireLogin(location.href)
    const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
    if (mustEnrol(me)) throw redirect({ to: '/enrol', search: nextSearch({ next: location.href }) })
  },
  component: Live,
})

/** Outside of what listens to events: before it is through, a login is good for nothing else. */
const enrol = createRoute({
  getParentRoute: () => root,
  path: '/enrol',
  validateSearch: nextSearch,
  beforeLoad: ({ location }) => requireLogin(location.href),
  component: lazyRouteComponent(
    withTexts(() => import('./routes/enrol')),
    'EnrolPage',
  ),
})

const setup = createRoute({
  getParentRoute: () => signedIn,
  path: '/setup',
  component: lazyRouteComponent(
    withTexts(() => import('./routes/setup')),
    'SetupPage',
  ),
})

const shell = createRoute({ getParentRoute: () => signedIn, id: 'shell', component: Shell })

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: async () => {
    const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
    if (me.setupRequired && !isSetupSkipped(me.id)) throw redirect({ to: '/setup' })
  },
  component: HomePage,
})

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(
    withTexts(() => import('./layouts/account')),
    'AccountLayout',
  ),
})

const accountPages = [
  createRoute({
    getParentRoute: () => account,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: '/account/profile', replace: true })
    },
  }),
  createRoute({
    getParentRoute: () => account,
    path: '/profile',
    component: lazyRouteComponent(() => import('./routes/account'), 'ProfilePage'),
  }),
  createRoute({
    getParentRoute: () => account,
    path: '/security',
    component: lazyRouteComponent(() => import('./routes/account-security'), 'SecurityPage'),
  }),
  createRoute({
    getParentRoute: () => account,
    path: '/sign-ins',
    component: lazyRouteComponent(() => import('./routes/account'), 'SignInsPage'),
  }),
  createRoute({
    getParentRoute: () => account,
    path: '/keys',
    component: lazyRouteComponent(() => import('./routes/account-keys'), 'KeysPage'),
  }),
  createRoute({
    getParentRoute: () => account,
    path: '/usage',
    component: lazyRouteComponent(() => import('./routes/account'), 'UsagePage'),
  }),
  createRoute({
    getParentRoute: () => account,
    path: '/groups',
    component: lazyRouteComponent(() => import('./routes/account-groups'), 'GroupsPage'),
  }),
  createRoute({
    getParentRoute: () => account,
    path: '/groups/$id',
    component: lazyRouteComponent(() => import('./routes/account-groups'), 'GroupPage'),
  }),
] as const

const sessionsSearch = (search: Record<string, unknown>): SessionsSearch => ({
  q: typeof search.q === 'string' && search.q !== '' ? search.q : undefined,
  sort: isSort(search.sort) ? search.sort : undefined,
  tab: search.tab === 'ended' || search.tab === 'shared' ? search.tab : undefined,
  all: search.all === true ? true : undefined,
})

const sessions = createRoute({
  getParentRoute: () => shell,
  path: '/sessions',
  validateSearch: sessionsSearch,
  component: lazyRouteComponent(
    withTexts(() => import('./routes/sessions')),
    'SessionsPage',
  ),
})

const sessionDetails = createRoute({
  getParentRoute: () => shell,
  path: '/sessions/$id/details',
  component: lazyRouteComponent(
    withTexts(() => import('./routes/session-details')),
    'SessionDetailsPage',
  ),
})

const sharedSession = createRoute({
  getParentRoute: () => signedIn,
  path: '/shared/$id',
  component: lazyRouteComponent(
    withTexts(() => import('./routes/shared-session')),
    'SharedSessionPage',
  ),
})

/** Where sharing links lead; also for people without a login. */
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite',
  component: lazyRouteComponent(
    withTexts(() => import('./routes/invite')),
    'InvitePage',
  ),
})

const viewer = createRoute({
  getParentRoute: () => signedIn,
  path: '/sessions/$id',
  validateSearch: (search: Record<string, unknown>): { log?: true } => ({
    log: search.log === true ? true : undefined,
  }),
  component: lazyRouteComponent(
    withTexts(() => import('./routes/viewer')),
    'ViewerPage',
  ),
})

const admin = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin',
  beforeLoad: async () => {
    const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
    if (!may(me, 'admin:open')) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(
    withTexts(() => import('./layouts/admin')),
    'AdminLayout',
  ),
})

const adminIndex = createRoute({
  getParentRoute: () => admin,
  path: '/',
  beforeLoad: async () => {
    const { adminSections } = await import('./admin-sections')
    const first = adminSections(await queryClient.query({ ...meQuery(), staleTime: 'static' }))[0]
    throw redirect({ to: first?.to ?? '/', replace: true })
  },
})

/** Keeps people out of pages that would only refuse them. */
function only(policy: Policy) {
  return async () => {
    const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
    if (!may(me, policy)) throw redirect({ to: '/admin', replace: true })
  }
}

const adminAgents = createRoute({
  getParentRoute: () => admin,
  path: '/agents',
  validateSearch: agentsSearch,
  beforeLoad: only('agents:view'),
  component: lazyRouteComponent(() => import('./routes/admin-agents'), 'AdminAgentsPage'),
})

const adminAgent = createRoute({
  getParentRoute: () => admin,
  path: '/agents/$id',
  beforeLoad: only('agents:view'),
  component: lazyRouteComponent(() => import('./routes/admin-agent'), 'AdminAgentPage'),
})

const adminSessions = createRoute({
  getParentRoute: () => admin,
  path: '/sessions',
  validateSearch: sessionsSearch,
  beforeLoad: only('sessions:everybody'),
  component: lazyRouteComponent(() => import('./routes/admin-sessions'), 'AdminSessionsPage'),
})

const adminPeople = createRoute({
  getParentRoute: () => admin,
  path: '/people',
  validateSearch: peopleSearch,
  beforeLoad: only('people:view'),
  component: lazyRouteComponent(() => import('./routes/admin-people'), 'AdminPeoplePage'),
})

const adminPerson = createRoute({
  getParentRoute: () => admin,
  path: '/people/$id',
  beforeLoad: only('people:view'),
  component: lazyRouteComponent(() => import('./routes/admin-person'), 'AdminPersonPage'),
})

const adminGroups = createRoute({
  getParentRoute: () => admin,
  path: '/groups',
  validateSearch: (search: Record<string, unknown>): { group?: string } => ({
    group: typeof search.group === 'string' && search.group !== '' ? search.group : undefined,
  }),
  beforeLoad: only('groups:view'),
  component: lazyRouteComponent(() => import('./routes/admin-groups'), 'AdminGroupsPage'),
})

const adminOrganizations = createRoute({
  getParentRoute: () => admin,
  path: '/organizations',
  validateSearch: organizationsSearch,
  beforeLoad: async () => {
    const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
    // Who runs one organisation has nothing to choose from.
    if (!may(me, 'organizations:all')) {
      throw redirect({ to: '/admin/organizations/$id', params: { id: me.orgId }, replace: true })
    }
  },
  component: lazyRouteComponent(() => import('./routes/admin-organizations'), 'AdminOrganizationsPage'),
})

const adminOrganization = createRoute({
  getParentRoute: () => admin,
  path: '/organizations/$id',
  beforeLoad: only('organizations:view'),
  component: lazyRouteComponent(() => import('./routes/admin-organization'), 'AdminOrganizationPage'),
})

const adminQuotas = createRoute({
  getParentRoute: () => admin,
  path: '/quotas',
  validateSearch: quotasSearch,
  beforeLoad: only('quotas:view'),
  component: lazyRouteComponent(() => import('./routes/admin-quotas'), 'AdminQuotasPage'),
})

const adminPools = createRoute({
  getParentRoute: () => admin,
  path: '/pools',
  beforeLoad: only('pools:view'),
  component: lazyRouteComponent(() => import('./routes/admin-pools'), 'AdminPoolsPage'),
})

const adminProviders = createRoute({
  getParentRoute: () => admin,
  path: '/identity-providers',
  beforeLoad: only('providers:manage'),
  component: lazyRouteComponent(() => import('./routes/admin-providers'), 'AdminProvidersPage'),
})

const adminNewProvider = createRoute({
  getParentRoute: () => admin,
  path: '/identity-providers/new',
  validateSearch: (search: Record<string, unknown>): { preset?: string } => ({
    preset: typeof search.preset === 'string' && search.preset !== '' ? search.preset : undefined,
  }),
  beforeLoad: only('providers:manage'),
  component: lazyRouteComponent(() => import('./routes/admin-new-provider'), 'AdminNewProviderPage'),
})

const adminProvider = createRoute({
  getParentRoute: () => admin,
  path: '/identity-providers/$id',
  validateSearch: (search: Record<string, unknown>): { test?: true } => ({
    test: search.test === true ? true : undefined,
  }),
  beforeLoad: only('providers:manage'),
  component: lazyRouteComponent(() => import('./routes/admin-provider'), 'AdminProviderPage'),
})

const adminKeys = createRoute({
  getParentRoute: () => admin,
  path: '/keys',
  validateSearch: keysSearch,
  beforeLoad: only('keys:organization'),
  component: lazyRouteComponent(() => import('./routes/admin-keys'), 'AdminKeysPage'),
})

const adminAudit = createRoute({
  getParentRoute: () => admin,
  path: '/audit',
  validateSearch: auditSearch,
  beforeLoad: only('audit:view'),
  component: lazyRouteComponent(() => import('./routes/admin-audit'), 'AdminAuditPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    enrol,
    invite,
    signedIn.addChildren([
      shell.addChildren([home, sessions, sessionDetails, account.addChildren(accountPages)]),
      setup,
      viewer,
      sharedSession,
      admin.addChildren([
        adminIndex,
        adminAgents,
        adminAgent,
        adminSessions,
        adminPeople,
        adminPerson,
        adminGroups,
        adminOrganizations,
        adminOrganization,
        adminQuotas,
        adminPools,
        adminProviders,
        adminNewProvider,
        adminProvider,
        adminKeys,
        adminAudit,
      ]),
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

interface LoginSearch {
  next?: string
  /** Why somebody is sent to sign in. */
  error?: string
}

function nextSearch(search: Record<string, unknown>): { next?: string } {
  return typeof search.next === 'string' ? { next: search.next } : {}
}

async function requireLogin(href: string): Promise<void> {
  try {
    await queryClient.query({ ...meQuery(), staleTime: 'static' })
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      throw redirect({ to: '/login', search: loginSearch(href) })
    }
    throw error
  }
}

/** Worth telling; that a login simply ran out is not. */
const TOLD = ['account_inactive', 'organization_suspended', 'refresh_token_reused']
let endedBecause: string | undefined

function loginSearch(href: string): LoginSearch {
  return { ...(href !== '/' && { next: href }), ...(endedBecause && { error: endedBecause }) }
}

function toLogin(code?: string): void {
  endedBecause = code && TOLD.includes(code) ? code : undefined
  const { href, pathname } = router.state.location
  // Who opens a sharing link may do so without a login.
  if (pathname === '/login' || pathname === '/invite') return
  queryClient.clear()
  void router.navigate({ to: '/login', search: loginSearch(href) })
}

function toEnrolment(): void {
  const { href, pathname } = router.state.location
  if (pathname === '/enrol' || pathname === '/login') return
  void router.navigate({ to: '/enrol', search: href === '/' ? {} : { next: href } })
}

setSignedOutListener(toLogin)
setEnrolmentListener(toEnrolment)
onSignOutElsewhere(toLogin)
onSwitchElsewhere(() => {
  void router.navigate({ to: '/' }).then(() => startOver(queryClient))
})
