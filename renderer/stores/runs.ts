import { defineStore } from 'pinia'
import { computed, shallowRef, triggerRef } from 'vue'
import type { HostEvent } from '#core/contract/app'
import type { RunId } from '#core/contract/ids'
import type { RunRow } from '#core/contract/runs'
import { api } from '../api.ts'
import { isGoing } from '../runState.ts'

type RunEvent = Extract<HostEvent, { type: 'run' | 'runDeleted' }>

/** Rows of every run, newest first, as the host announces them. */
export const useRuns = defineStore('runs', () => {
  const byId = shallowRef(new Map<RunId, RunRow>())
  const loaded = shallowRef(false)
  const rows = computed(() => [...byId.value.values()].sort((one, other) => other.id - one.id))
  const running = computed(() => rows.value.filter(({ state }) => isGoing(state)))

  /** Runs of which an event came while the list was under way: it is newer than the list. */
  const heard = new Set<RunId>()
  async function load(): Promise<void> {
    heard.clear()
    const list = await api.call('runs.list', {})
    const next = new Map(list.filter(({ id }) => !heard.has(id)).map((row) => [row.id, row]))
    for (const id of heard) {
      const row = byId.value.get(id)
      if (row) next.set(id, row)
    }
    byId.value = next
    loaded.value = true
  }

  function apply(event: RunEvent): void {
    const id = event.type === 'run' ? event.row.id : event.id
    heard.add(id)
    if (event.type === 'run') byId.value.set(id, event.row)
    else byId.value.delete(id)
    triggerRef(byId)
  }

  return { byId, rows, running, loaded, load, apply }
})
