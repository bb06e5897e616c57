import { defineAsyncComponent, type Component } from 'vue'

/** What the drawer can show: `?inspect=<kind>:<about>`; a component gets `about`. */
export const inspectors: Readonly<Record<string, Component>> = {
  formula: defineAsyncComponent(() => import('./components/inspectors/FormulaInspector.vue')),
  point: defineAsyncComponent(() => import('./components/inspectors/PointInspector.vue')),
}
