import { shallowRef } from 'vue'
import { createRouter, createWebHistory, type RouteLocationRaw } from 'vue-router'
import { whenSessionLost } from '@/client/api'
import { loadCity, loadReference } from '@/client/reference'
import type { MessageKey } from '@/i18n'
import { chores, forgetSession, may, me, resumeSession } from '@/client/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Reachable without a session. */
    open?: boolean
    permission?: string
    /** What the window's title says. */
    title?: MessageKey
    /** The page fills the window below the header and scrolls inside itself. */
    filled?: boolean
  }
}

/** The failure that keeps pages from starting at all, such as a server that does not answer. */
export const startFailure = shallowRef<unknown>(null)

/** What the page itself adds to the window's title, such as the number of a ticket; gone with the page. */
export const pageTitle = shallowRef('')

export function home(): RouteLocationRaw {
  if (may('takeReport')) return '/desk'
  if (may('watchMap')) return '/map'
  if (may('manageUsers') || may('grantRoles')) return '/people'
  if (may('readAudit')) return '/people/log'
  if (may('erasePeople')) return '/privacy'
  return '/tickets'
}

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', name: 'home', component: { render: () => null } },
    { path: '/sign-in', name: 'sign-in', meta: { open: true }, component: () => import('@/pages/SignInPage.vue') },
    { path: '/setup', name: 'setup', meta: { open: true }, component: () => import('@/pages/SetupPage.vue') },
    {
      path: '/password',
      name: 'password',
      meta: { open: true },
      component: () => import('@/pages/account/PasswordPage.vue'),
    },
    {
      path: '/account',
      name: 'account',
      meta: { title: 'navAccount' },
      component: () => import('@/pages/account/AccountPage.vue'),
    },
    {
      path: '/people',
      meta: { title: 'navPeople' },
      component: () => import('@/pages/people/PeoplePage.vue'),
      children: [
        { path: '', name: 'people', component: () => import('@/pages/people/UsersView.vue') },
        { path: 'proposals', name: 'people-proposals', component: () => import('@/pages/people/ProposalsView.vue') },
        { path: 'policy', name: 'people-policy', component: () => import('@/pages/people/PolicyView.vue') },
        { path: 'log', name: 'people-log', component: () => import('@/pages/people/LogView.vue') },
        { path: 'cases', name: 'people-cases', component: () => import('@/pages/people/CasesView.vue') },
      ],
    },
    {
      path: '/desk',
      name: 'desk',
      meta: { permission: 'takeReport', filled: true, title: 'navDesk' },
      component: () => import('@/pages/desk/DeskPage.vue'),
    },
    {
      path: '/report',
      name: 'report',
      meta: { permission: 'takeReport', filled: true, title: 'navDesk' },
      component: () => import('@/pages/desk/DeskPage.vue'),
    },
    {
      path: '/components',
      name: 'components',
      meta: { title: 'navComponents' },
      component: () => import('@/pages/components/ComponentsPage.vue'),
    },
    {
      path: '/components/new',
      name: 'component-new',
      meta: { permission: 'surveyComponents' },
      component: () => import('@/pages/components/ComponentAddPage.vue'),
    },
    {
      path: '/components/import',
      name: 'component-import',
      meta: { permission: 'importComponents' },
      component: () => import('@/pages/components/ComponentImportPage.vue'),
    },
    {
      path: '/components/:code(\\d+)',
      name: 'component',
      props: (to) => ({ code: String(to.params.code) }),
      component: () => import('@/pages/components/ComponentPage.vue'),
    },
    {
      path: '/indicators',
      name: 'indicators',
      meta: { title: 'navIndicators' },
      component: () => import('@/pages/indicators/IndicatorsPage.vue'),
    },
    {
      path: '/notices',
      name: 'notices',
      meta: { title: 'noticeTitle' },
      component: () => import('@/pages/notices/NoticesPage.vue'),
    },
    {
      path: '/duties',
      name: 'duties',
      meta: { title: 'navDuties' },
      component: () => import('@/pages/duties/DutyRulesPage.vue'),
    },
    {
      path: '/roster',
      name: 'roster',
      meta: { title: 'navRoster' },
      component: () => import('@/pages/roster/RosterPage.vue'),
    },
    {
      path: '/privacy',
      name: 'privacy',
      meta: { title: 'navPrivacy' },
      component: () => import('@/pages/privacy/PrivacyPage.vue'),
    },
    {
      path: '/system',
      name: 'system',
      meta: { permission: 'watchSystem', title: 'navSystem' },
      component: () => import('@/pages/system/SystemPage.vue'),
    },
    {
      path: '/my-track',
      name: 'my-track',
      meta: { permission: 'sharePosition', title: 'navTrack' },
      component: () => import('@/pages/track/TrackPage.vue'),
    },
    {
      path: '/tickets',
      name: 'tickets',
      meta: { title: 'navTickets' },
      component: () => import('@/pages/tickets/TicketsPage.vue'),
    },
    {
      path: '/tickets/:id(\\d+)',
      name: 'ticket',
      props: (to) => ({ id: Number(to.params.id) }),
      component: () => import('@/pages/ticket/TicketPage.vue'),
    },
    {
      path: '/map',
      name: 'map',
      meta: { permission: 'watchMap', filled: true, title: 'navMap' },
      component: () => import('@/pages/live/MapPage.vue'),
    },
    {
      // Who may not manage boundaries is told so by the page itself.
      path: '/boundaries',
      meta: { filled: true, title: 'navBoundaries' },
      component: () => import('@/pages/boundaries/BoundariesPage.vue'),
      children: [
        { path: '', name: 'boundary-versions', component: () => import('@/pages/boundaries/VersionsView.vue') },
        { path: 'imports', name: 'boundary-imports', component: () => import('@/pages/boundaries/ImportsView.vue') },
        {
          path: 'imports/:id(\\d+)',
          name: 'boundary-import',
          props: (to) => ({ id: Number(to.params.id) }),
          component: () => import('@/pages/boundaries/ImportView.vue'),
        },
        { path: 'log', name: 'boundary-log', component: () => import('@/pages/boundaries/LogView.vue') },
      ],
    },
    { path: '/:rest(.*)*', name: 'missing', component: () => import('@/pages/MissingPage.vue') },
  ],
})

router.beforeEach(async (to) => {
  await loadCity()
  if (to.meta.open) return true
  if (!(await resumeSession())) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
  if (chores.value.length > 0) return to.name === 'account' ? true : { name: 'account' }
  await loadReference()
  if (to.name === 'home') return home()
  if (to.meta.permission && !may(to.meta.permission)) return home()
  return true
})

router.onError((failure) => (startFailure.value = failure))
router.afterEach((to, from, failure) => {
  if (!failure) startFailure.value = null
  if (!failure && to.path !== from.path) pageTitle.value = ''
})

whenSessionLost(() => {
  if (!me.value) return
  forgetSession()
  void router.replace({ name: 'sign-in', query: { to: router.currentRoute.value.fullPath, lost: '1' } })
})
