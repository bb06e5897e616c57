import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { RunId } from '#core/contract/ids'
import type { ExperimentSpec } from '#core/experimentSpec'
import { api } from '../api.ts'

/** Runs that one request asks for. */
const AT_ONCE = 500

/** Specs of runs, which never change, by the run. */
export const useSpecs = defineStore('specs', () => {
  const byRun = shallowRef<ReadonlyMap<RunId, ExperimentSpec>>(new Map())

  /** Fetches what is not there yet. */
  async function need(runs: readonly RunId[]): Promise<void> {
    const missing = runs.filter((run) => !byRun.value.has(run))
    for (let from = 0; from < missing.length; from += AT_ONCE) {
      const found = await api.call('runs.specs', { runs: missing.slice(from, from + AT_ONCE) })
      byRun.value = new Map([...byRun.value, ...found.map(({ run, spec }) => [run, spec] as const)])
    }
  }
  return { byRun, need }
})
