import { defineStore } from 'pinia'
import { api } from '../api.ts'
import { keptList } from './keptList.ts'

/** Reports that people write, the one that changed last first. */
export const useReports = defineStore('reports', () => keptList(() => api.call('reports.list', {})))
