import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { queryClient } from './api/query-client.ts'
import { sessionQuery } from './api/session.ts'
import { withTexts } from './i18n/i18n.ts'
import { homeOf } from './shell/sections.ts'

const root = createRootRoute({ component: Outlet })

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: ({ token }: Record<string, unknown>) => ({ token: typeof token === 'string' ? token : '' }),
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/setup/setup-scene.tsx')),
    'SetupScene',
  ),
})
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./scenes/sign-in/sign-in-scene.tsx'), 'SignInScene'),
})
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async () => {
    try {
      return { session: await queryClient.ensureQueryData(sessionQuery) }
    } catch {
      throw redirect({ to: '/sign-in' })
    }
  },
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
})
const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: homeOf(context.session.rights) })
  },
})
const today = createRoute({
  getParentRoute: () => shell,
  path: '/today',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/today/today-scene.tsx')),
    'TodayScene',
  ),
})
const touch = createRoute({
  getParentRoute: () => shell,
  path: '/touch',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/touch/touch-scene.tsx')),
    'TouchScene',
  ),
})
const waiting = createRoute({
  getParentRoute: () => shell,
  path: '/waiting',
  component: lazyRouteComponent(() => import('./scenes/waiting/waiting-scene.tsx'), 'WaitingScene'),
})
const waitingCard = createRoute({
  getParentRoute: () => shell,
  path: '/waiting/$cardId',
  component: lazyRouteComponent(() => import('./scenes/waiting/waiting-scene.tsx'), 'WaitingScene'),
})
const tasks = createRoute({
  getParentRoute: () => shell,
  path: '/tasks',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/tasks/tasks-scene.tsx')),
    'TasksScene',
  ),
})
const clients = createRoute({
  getParentRoute: () => shell,
  path: '/clients',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/clients/clients-scene.tsx')),
    'ClientsScene',
  ),
})
const companies = createRoute({
  getParentRoute: () => shell,
  path: '/companies',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/companies/companies-scene.tsx')),
    'CompaniesScene',
  ),
})
const company = createRoute({
  getParentRoute: () => shell,
  path: '/companies/$companyId',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/companies/company-scene.tsx')),
    'CompanyScene',
  ),
})
const importList = createRoute({
  getParentRoute: () => shell,
  path: '/import',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/import/import-scene.tsx')),
    'ImportScene',
  ),
})
const importOne = createRoute({
  getParentRoute: () => shell,
  path: '/import/$importId',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/import/one-import-scene.tsx')),
    'OneImportScene',
  ),
})
const calls = createRoute({
  getParentRoute: () => shell,
  path: '/calls',
  validateSearch: ({ callId, at }: Record<string, unknown>): { callId?: string; at?: number } => ({
    ...(typeof callId === 'string' && { callId }),
    ...(typeof at === 'number' && { at }),
  }),
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/calls/calls-scene.tsx')),
    'CallsScene',
  ),
})
const leads = createRoute({
  getParentRoute: () => shell,
  path: '/leads',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/leads/leads-scene.tsx')),
    'LeadsScene',
  ),
})
const channels = createRoute({
  getParentRoute: () => shell,
  path: '/channels',
  validateSearch: ({ channelId, consent }: Record<string, unknown>): { channelId?: string; consent?: string } => ({
    ...(typeof channelId === 'string' && { channelId }),
    ...(typeof consent === 'string' && { consent }),
  }),
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/channels/channels-scene.tsx')),
    'ChannelsScene',
  ),
})
const forms = createRoute({
  getParentRoute: () => shell,
  path: '/forms',
  validateSearch: ({ channelId, deliveryId }: Record<string, unknown>): { channelId?: string; deliveryId?: string } => ({
    ...(typeof channelId === 'string' && { channelId }),
    ...(typeof deliveryId === 'string' && { deliveryId }),
  }),
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/forms/forms-scene.tsx')),
    'FormsScene',
  ),
})
const log = createRoute({
  getParentRoute: () => shell,
  path: '/log',
  validateSearch: ({ deliveryId }: Record<string, unknown>): { deliveryId?: string } => (typeof deliveryId === 'string' ? { deliveryId } : {}),
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/log/log-scene.tsx')),
    'LogScene',
  ),
})
const quarantine = createRoute({
  getParentRoute: () => shell,
  path: '/quarantine',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/quarantine/quarantine-scene.tsx')),
    'QuarantineScene',
  ),
})
const team = createRoute({
  getParentRoute: () => shell,
  path: '/team',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/team/team-scene.tsx')),
    'TeamScene',
  ),
})
const keys = createRoute({
  getParentRoute: () => shell,
  path: '/keys',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/keys/keys-scene.tsx')),
    'KeysScene',
  ),
})
const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/audit/audit-scene.tsx')),
    'AuditScene',
  ),
})
const health = createRoute({
  getParentRoute: () => shell,
  path: '/health',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/health/health-scene.tsx')),
    'HealthScene',
  ),
})
const recordings = createRoute({
  getParentRoute: () => shell,
  path: '/recordings',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/recordings/recordings-scene.tsx')),
    'RecordingsScene',
  ),
})
const rules = createRoute({
  getParentRoute: () => shell,
  path: '/rules',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/rules/rules-scene.tsx')),
    'RulesScene',
  ),
})
const webhooks = createRoute({
  getParentRoute: () => shell,
  path: '/webhooks',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/webhooks/webhooks-scene.tsx')),
    'WebhooksScene',
  ),
})
const profile = createRoute({
  getParentRoute: () => shell,
  path: '/profile',
  component: lazyRouteComponent(
    withTexts(() => import('./scenes/profile/profile-scene.tsx')),
    'ProfileScene',
  ),
})

const scenes = [
  home,
  today,
  touch,
  waiting,
  waitingCard,
  tasks,
  clients,
  companies,
  company,
  importList,
  importOne,
  calls,
  leads,
  channels,
  forms,
  log,
  quarantine,
  team,
  keys,
  audit,
  health,
  recordings,
  rules,
  webhooks,
  profile,
]
export const router = createRouter({ routeTree: root.addChildren([setup, signIn, shell.addChildren(scenes)]) })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
