import { inject, provide, shallowRef, watch, type InjectionKey, type ShallowRef } from 'vue'
import type { RunDetail, RunId } from '#core/contract'
import { api } from '../api.ts'
import { useRuns } from '../stores/runs.ts'
import { useRunWatch, type RunWatch } from './useRunWatch.ts'

/** What the views of one run share: they are one place, and following the run once is enough. */
export interface RunPlace extends RunWatch {
  readonly detail: ShallowRef<RunDetail | null>
  /** Why there is no detail. */
  readonly missing: ShallowRef<string | null>
}

const key: InjectionKey<RunPlace> = Symbol('run')

export function provideRun(run: () => RunId): RunPlace {
  const detail = shallowRef<RunDetail | null>(null)
  const missing = shallowRef<string | null>(null)
  const runs = useRuns()
  const watched = useRunWatch(run)

  async function load(id: RunId): Promise<void> {
    try {
      const answer = await api.call('runs.get', { run: id })
      if (id !== run()) return
      detail.value = answer
      missing.value = null
    } catch (error) {
      if (id === run()) missing.value = error instanceof Error ? error.message : String(error)
    }
  }
  watch(
    run,
    (id) => {
      detail.value = null
      void load(id)
    },
    { immediate: true },
  )
  // the backend, the end and the final summary come with a change of state
  watch(
    () => runs.byId.get(run())?.state,
    (state) => {
      if (state) void load(run())
    },
  )

  const place = { ...watched, detail, missing }
  provide(key, place)
  return place
}

/** @throws Error outside a run's page */
export function useRunPlace(): RunPlace {
  const place = inject(key)
  if (!place) throw new Error('this view belongs inside the page of a run')
  return place
}
