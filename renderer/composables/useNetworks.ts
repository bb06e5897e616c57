import { useThrottleFn } from '@vueuse/core'
import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { NetworkMoment } from '#core/contract/runs'
import type { NetworkRecord } from '#core/run/networkRecord'
import { api } from '../api.ts'
import { reasonOf } from '../reasonOf.ts'
import { useQuery } from './useQuery.ts'
import { useRunPlace } from './useRunPage.ts'

/** New records of a running run are asked for at most so often, in milliseconds. */
const ASK_EVERY = 1000

export interface Networks {
  readonly moments: ShallowRef<readonly NetworkMoment[]>
  /** Null until the first answer. */
  readonly asked: ShallowRef<boolean>
  /** Place of the time cursor among the moments; −1 while there are none. */
  readonly place: ComputedRef<number>
  readonly moment: ComputedRef<NetworkMoment | null>
  /** The record at the cursor; the one before it until that has come. */
  readonly record: ShallowRef<NetworkRecord | null>
  readonly error: ShallowRef<string | null>
  readonly moveTo: (place: number) => void
  readonly retry: () => void
}

/** What was recorded of the networks of the run on screen, and the one time cursor, `?at=`. */
export function useNetworks(): Networks {
  const { detail, head } = useRunPlace()
  const at = useQuery('at')
  const moments = shallowRef<readonly NetworkMoment[]>([])
  const asked = shallowRef(false)
  const record = shallowRef<NetworkRecord | null>(null)
  const error = shallowRef<string | null>(null)
  const known = new Map<number, NetworkRecord>()

  const place = computed(() => {
    const all = moments.value
    const wanted = at.value === '' ? Number.POSITIVE_INFINITY : Number(at.value)
    const after = all.findIndex(({ impression }) => impression > wanted)
    return after < 0 ? all.length - 1 : Math.max(0, after - 1)
  })
  const moment = computed(() => moments.value[place.value] ?? null)

  const attempt = shallowRef(0)
  const say = (reason: unknown) => (error.value = reasonOf(reason))

  const ask = useThrottleFn(
    async () => {
      const run = detail.value?.id
      if (run === undefined) return
      try {
        const afterStep = moments.value.at(-1)?.step ?? -1
        const newer = await api.call('runs.networks', { run, afterStep })
        if (run !== detail.value?.id) return
        const first = newer[0]
        if (first) {
          moments.value = [...moments.value.filter(({ step }) => step < first.step), ...newer]
        }
        asked.value = true
      } catch (reason) {
        say(reason)
      }
    },
    ASK_EVERY,
    true,
    true,
  )

  watch(
    () => detail.value?.id,
    () => {
      moments.value = []
      asked.value = false
      record.value = null
      known.clear()
    },
  )
  watch([() => detail.value?.id, () => head.value?.done, attempt], () => void ask(), {
    immediate: true,
  })

  watch([moment, attempt], async ([wanted]) => {
    const run = detail.value?.id
    if (!wanted || run === undefined) return
    const { step } = wanted
    try {
      const found = known.get(step) ?? (await api.call('runs.network', { run, step }))
      known.set(step, found)
      if (moment.value?.step === step) record.value = found
    } catch (reason) {
      say(reason)
    }
  })

  return {
    moments,
    asked,
    place,
    moment,
    record,
    error,
    retry() {
      error.value = null
      attempt.value++
    },
    moveTo(to) {
      const last = moments.value.length - 1
      const target = moments.value[Math.max(0, Math.min(last, to))]
      // the end is where the page stands by itself, also while the run goes on
      at.value = !target || to >= last ? '' : String(target.impression)
    },
  }
}
