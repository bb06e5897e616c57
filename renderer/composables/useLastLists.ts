import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { RunId } from '#core/contract/ids'
import type { ProbeLists } from '#core/run/networkRecord'
import { api } from '../api.ts'

/** What the networks of runs last showed in the contexts that are kept; empty where none is kept. */
export function useLastLists(
  runs: () => readonly RunId[],
): ShallowRef<ReadonlyMap<RunId, readonly ProbeLists[]>> {
  const lists: ShallowRef<ReadonlyMap<RunId, readonly ProbeLists[]>> = shallowRef(new Map())
  const asked = new Set<RunId>()
  let isOver = false
  onScopeDispose(() => (isOver = true))

  async function listsOf(run: RunId): Promise<readonly ProbeLists[]> {
    const moments = await api.call('runs.networks', { run, afterStep: -1 })
    const last = moments.at(-1)
    return last ? (await api.call('runs.network', { run, step: last.step })).probes : []
  }

  watch(
    () => runs().join('.'),
    async () => {
      const missing = runs().filter((run) => !asked.has(run))
      for (const run of missing) asked.add(run)
      const found = new Map<RunId, readonly ProbeLists[]>()
      // one after the other: the page has other questions meanwhile
      for (const run of missing) {
        if (isOver) return
        found.set(run, await listsOf(run).catch(() => []))
      }
      if (found.size > 0) lists.value = new Map([...lists.value, ...found])
    },
    { immediate: true },
  )
  return lists
}
