import { defineStore } from 'pinia'
import { api } from '../api.ts'
import { keptList } from './keptList.ts'

/** The workspace's imported tables. */
export const useDatasets = defineStore('datasets', () =>
  keptList(() => api.call('datasets.list', {})),
)
