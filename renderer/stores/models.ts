import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ModelRow } from '#core/contract'
import { api } from '../api.ts'

/** The workspace's saved models, newest first. */
export const useModels = defineStore('models', () => {
  const rows = shallowRef<readonly ModelRow[] | null>(null)
  const failure = shallowRef<string | null>(null)

  async function load(): Promise<void> {
    try {
      rows.value = await api.call('models.list', {})
      failure.value = null
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error)
    }
  }

  /** As `load`, where somebody has asked before. */
  async function refresh(): Promise<void> {
    if (rows.value || failure.value) await load()
  }

  return { rows, failure, load, refresh }
})
