import { shallowRef } from 'vue'
import { createRouter, createWebHistory, type RouteLocationRaw } from 'vue-router'
import { whenSessionLost } from '@/client/api'
import { loadCity, loadReference } from '@/client/reference'
import { forgetSession, may, me, resumeSession } from '@/client/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Reachable without a session. */
    open?: boolean
    permission?: string
    /** The page fills the window below the header and scrolls inside itself. */
    filled?: boolean
  }
}

/** The failure that keeps pages from starting at all, such as a server that does not answer. */
export const startFailure = shallowRef<unknown>(null)

export function home(): RouteLocationRaw {
  if (may('takeReport')) return '/desk'
  if (may('watchMap')) return '/map'
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
      path: '/desk',
      name: 'desk',
      meta: { permission: 'takeReport', filled: true },
      component: () => import('@/pages/desk/DeskPage.vue'),
    },
    {
      path: '/report',
      name: 'report',
      meta: { permission: 'takeReport', filled: true },
      component: () => import('@/pages/desk/DeskPage.vue'),
    },
    { path: '/components', name: 'components', component: () => import('@/pages/components/ComponentsPage.vue') },
    {
      path: '/components/:code(\\d+)',
      name: 'component',
      props: (to) => ({ code: String(to.params.code) }),
      component: () => import('@/pages/components/ComponentPage.vue'),
    },
    { path: '/tickets', name: 'tickets', component: () => import('@/pages/tickets/TicketsPage.vue') },
    {
      path: '/tickets/:id(\\d+)',
      name: 'ticket',
      props: (to) => ({ id: Number(to.params.id) }),
      component: () => import('@/pages/ticket/TicketPage.vue'),
    },
    {
      path: '/map',
      name: 'map',
      meta: { permission: 'watchMap', filled: true },
      component: () => import('@/pages/live/MapPage.vue'),
    },
    {
      // Who may not manage boundaries is told so by the page itself.
      path: '/boundaries',
      meta: { filled: true },
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
  await loadReference()
  if (to.name === 'home') return home()
  if (to.meta.permission && !may(to.meta.permission)) return home()
  return true
})

router.onError((failure) => (startFailure.value = failure))
router.afterEach((_to, _from, failure) => {
  if (!failure) startFailure.value = null
})

whenSessionLost(() => {
  if (!me.value) return
  forgetSession()
  void router.replace({ name: 'sign-in', query: { to: router.currentRoute.value.fullPath, lost: '1' } })
})
