import { createRouter, createWebHashHistory } from 'vue-router'

const runPage = () => import('./pages/RunPage.vue')
const livePage = () => import('./pages/LivePage.vue')

/** Fetches what a click on a sample leads to, while the page is idle: its first points come at once. */
export function prefetchViews(): void {
  requestIdleCallback(() => {
    void runPage()
    void livePage()
  })
}

/** Everything that shows is in the address, so that a reload lands on the same view. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'home', component: () => import('./pages/HomePage.vue') },
    {
      path: '/experiments',
      name: 'experiments',
      component: () => import('./pages/ExperimentsPage.vue'),
    },
    { path: '/new', name: 'setup', component: () => import('./pages/SetupPage.vue') },
    {
      path: '/runs/:id(\\d+)',
      component: runPage,
      props: ({ params }) => ({ id: Number(params['id']) }),
      children: [
        { path: '', name: 'run', component: livePage },
        { path: 'live', name: 'live', component: livePage },
        { path: 'results', name: 'results', component: () => import('./pages/ResultsPage.vue') },
        { path: 'plan', name: 'plan', component: () => import('./pages/PlanPage.vue') },
      ],
    },
    {
      path: '/simulator/peek-lab',
      name: 'peekLab',
      component: () => import('./pages/PeekLabPage.vue'),
    },
    { path: '/data', name: 'data', component: () => import('./pages/DataPage.vue') },
    { path: '/settings', name: 'settings', component: () => import('./pages/SettingsPage.vue') },
    {
      path: '/:pathMatch(.*)*',
      name: 'notFound',
      component: () => import('./pages/NotFoundPage.vue'),
    },
  ],
})
