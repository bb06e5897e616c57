import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ChartTable } from '../charts/chart.ts'

/** The charts on the page by their titles, so that the drawer can tell one of their points. */
export const useCharts = defineStore('charts', () => ({
  onPage: shallowReactive(new Map<string, () => ChartTable>()),
}))
