import { defineStore } from 'pinia'
import { computed, shallowRef, triggerRef } from 'vue'
import type { HostEvent, RunId, RunRow } from '#core/contract'
import { api } from '../api.ts'
import { isGoing } from '../runState.ts'

type RunEvent = Extract<HostEvent, { type: 'run' | 'runDeleted' }>

/** Rows of every run, newest first, as the host announces them. */
export const useRuns = defineStore('runs', () => {
  const byId = shallowRef(new Map<RunId, RunRow>())
  const loaded = shallowRef(false)
  const rows = computed(() => [...byId.value.values()].sort((one, other) => other.id - one.id))
  const running = computed(() => rows.value.filter(({ state }) => isGoing(state)))

  async function load(): Promise<void> {
    for (const row of await api.call('runs.list', {})) {
      // an event that came while the list was under way is newer than the list
      if (!byId.value.has(row.id)) byId.value.set(row.id, row)
    }
    loaded.value = true
    triggerRef(byId)
  }

  function apply(event: RunEvent): void {
    if (event.type === 'run') byId.value.set(event.row.id, event.row)
    else byId.value.delete(event.id)
    triggerRef(byId)
  }

  return { byId, rows, running, loaded, load, apply }
})
