import { watchDebounced } from '@vueuse/core'
import { onScopeDispose, shallowRef } from 'vue'
import type { ExperimentSpec } from '#core/experimentSpec'
import { cancelSource, type CancelSource } from '#core/rpc/cancel'
import type { WorldSample } from '#core/validity/sampleWorld'
import type { ValidityCheck } from '#core/validity/validityReport'
import { api } from '../api.ts'
import { reasonOf } from '../reasonOf.ts'

/** Milliseconds after the last change before a world is built. */
const ASK_AFTER = 300

/** What a world answers while its settings change: a request at once, its signs some seconds later. */
export function useWorldAnswers(world: () => ExperimentSpec | null) {
  const sample = shallowRef<WorldSample | null>(null)
  const checks = shallowRef<readonly ValidityCheck[] | null>(null)
  const isSampling = shallowRef(false)
  const isChecking = shallowRef(false)
  const failure = shallowRef<string | null>(null)
  let asked: CancelSource | null = null

  async function ask(spec: ExperimentSpec): Promise<void> {
    asked?.abort()
    const mine = cancelSource()
    asked = mine
    isSampling.value = true
    isChecking.value = true
    failure.value = null
    try {
      const seen = await api.call('worlds.sample', { spec }, { signal: mine.cancel })
      if (asked !== mine) return
      sample.value = seen
      isSampling.value = false
      const found = await api.call('worlds.signs', { spec }, { signal: mine.cancel })
      if (asked === mine) checks.value = found
    } catch (error) {
      if (asked === mine) failure.value = reasonOf(error)
    }
    if (asked !== mine) return
    isSampling.value = false
    isChecking.value = false
  }

  watchDebounced(world, (spec) => spec && void ask(spec), {
    debounce: ASK_AFTER,
    immediate: true,
  })
  onScopeDispose(() => asked?.abort())
  const retry = () => {
    const spec = world()
    if (spec) void ask(spec)
  }
  return { sample, checks, isSampling, isChecking, failure, retry }
}
