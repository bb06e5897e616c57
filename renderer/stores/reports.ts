import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ReportRow } from '#core/contract'
import { api } from '../api.ts'

/** Reports that people write, the one that changed last first. */
export const useReports = defineStore('reports', () => {
  const rows = shallowRef<readonly ReportRow[] | null>(null)

  async function load(): Promise<void> {
    rows.value = await api.call('reports.list', {})
  }

  return { rows, load }
})
