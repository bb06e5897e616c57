import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'
import { places, runTabs } from './places.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Name of the entry of the rail that the page belongs to. */
    readonly place?: string
  }
}

const runPage = () => import('./pages/RunPage.vue')
const livePage = () => import('./pages/LivePage.vue')

/** Fetches what a click on a sample leads to, while the page is idle: its first points come at once. */
export function prefetchViews(): void {
  requestIdleCallback(() => {
    void runPage()
    void livePage()
  })
}

const views: readonly RouteRecordRaw[] = places.flatMap(({ name: place, views }) =>
  views.map(({ name, path, page }) => ({ name, path, component: page, meta: { place } })),
)

/** Everything that shows is in the address, so that a reload lands on the same view. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    ...views,
    {
      path: '/runs/:id(\\d+)',
      component: runPage,
      props: ({ params }) => ({ id: Number(params['id']) }),
      meta: { place: 'experiments' },
      children: [
        { path: '', name: 'run', component: livePage },
        ...runTabs.map(({ name, page }) => ({ path: name, name, component: page })),
      ],
    },
    {
      path: '/:pathMatch(.*)*',
      name: 'notFound',
      component: () => import('./pages/NotFoundPage.vue'),
    },
  ],
})
