import { inject, provide, shallowRef, watch, type InjectionKey, type ShallowRef } from 'vue'
import type { RunId } from '#core/contract/ids'
import type { RunDetail } from '#core/contract/runs'
import { RpcError } from '#core/rpc/rpcError'
import { api } from '../api.ts'
import { reasonOf } from '../reasonOf.ts'
import { useRuns } from '../stores/runs.ts'
import { useRunWatch, type RunWatch } from './useRunWatch.ts'

/** What the views of one run share: they are one place, and following the run once is enough. */
export interface RunPlace extends RunWatch {
  readonly detail: ShallowRef<RunDetail | null>
  /** Why there is no detail: no such run, or it could not be read. */
  readonly missing: ShallowRef<{ readonly exists: boolean; readonly reason: string } | null>
}

const key: InjectionKey<RunPlace> = Symbol('run')

export function provideRun(run: () => RunId): RunPlace {
  const detail = shallowRef<RunDetail | null>(null)
  const missing: RunPlace['missing'] = shallowRef(null)
  const runs = useRuns()
  const watched = useRunWatch(run)

  async function load(id: RunId): Promise<void> {
    try {
      const answer = await api.call('runs.get', { run: id })
      if (id !== run()) return
      detail.value = answer
      missing.value = null
    } catch (error) {
      if (id !== run()) return
      const exists = !(error instanceof RpcError && error.code === 'NOT_FOUND')
      missing.value = { exists, reason: reasonOf(error) }
    }
  }
  watch(
    run,
    (id) => {
      detail.value = null
      missing.value = null
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

  const retry = () => {
    missing.value = null
    void load(run())
    watched.retry()
  }
  const place = { ...watched, retry, detail, missing }
  provide(key, place)
  return place
}

/** @throws Error outside a run's page */
export function useRunPlace(): RunPlace {
  const place = inject(key)
  if (!place) throw new Error('this view belongs inside the page of a run')
  return place
}
