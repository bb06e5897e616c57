import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { DatasetMeta } from '#core/dataset/datasetMeta'
import { api } from '../api.ts'

/** The workspace's imported tables. */
export const useDatasets = defineStore('datasets', () => {
  const rows = shallowRef<readonly DatasetMeta[] | null>(null)

  async function load(): Promise<void> {
    rows.value = await api.call('datasets.list', {})
  }

  return { rows, load }
})
