import { useLocalStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import type { RunId } from '#core/contract/ids'

/** Results that were looked at on this machine. */
export const useReadRuns = defineStore('readRuns', () => {
  const read = useLocalStorage<RunId[]>('duelist.read', [])

  const has = (run: RunId): boolean => read.value.includes(run)
  function add(run: RunId): void {
    if (!has(run)) read.value = [...read.value, run]
  }
  return { has, add }
})
