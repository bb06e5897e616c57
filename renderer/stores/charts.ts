import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ChartTable } from '../charts/chart.ts'

/** A chart on the page, as far as the drawer needs it. */
interface ChartOnPage {
  readonly table: () => ChartTable
  /** Opens what was known when a row was written; null where rows have no such moment. */
  readonly openMoment: ((impression: number) => void) | null
}

/** The charts on the page by their titles, so that the drawer can tell one of their points. */
export const useCharts = defineStore('charts', () => ({
  onPage: shallowReactive(new Map<string, ChartOnPage>()),
}))
