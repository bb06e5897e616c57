import { defineStore } from 'pinia'
import { api } from '../api.ts'
import { keptList } from './keptList.ts'

/** The workspace's saved models, newest first. */
export const useModels = defineStore('models', () => {
  const list = keptList(() => api.call('models.list', {}))

  /** As `load`, where somebody has asked before. */
  async function refresh(): Promise<void> {
    if (list.rows.value || list.failure.value) await list.load()
  }
  return { ...list, refresh }
})
