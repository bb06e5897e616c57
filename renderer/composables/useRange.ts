import { computed, type ComputedRef } from 'vue'
import type { RangeAnswer } from '#core/run/breakdown'
import { snapRange } from '#core/run/rangeStarts'
import { api } from '../api.ts'
import { useAnswer, type Answer } from './useAnswer.ts'
import { useQuery } from './useQuery.ts'
import { useRunPlace } from './useRunPage.ts'

type Range = readonly [from: number, to: number]

/** A range of the users of a run, `?range=from-to`, and what it says. */
export interface BrushedRange {
  /** Users that leave in the run. */
  readonly users: ComputedRef<number>
  /** As it is read: from one of the declared starts. Null for none. */
  readonly range: ComputedRef<Range | null>
  readonly brush: (range: Range | null) => void
  readonly answer: Answer<RangeAnswer>
}

export function useRange(): BrushedRange {
  const { detail, head } = useRunPlace()
  const query = useQuery('range')
  const users = computed(() => (head.value?.summary ?? detail.value?.summary)?.users ?? 0)
  const range = computed(() => {
    const [from, to] = query.value.split('-').map(Number)
    if (query.value === '' || !Number.isFinite(from) || !Number.isFinite(to)) return null
    const isAnytime = detail.value?.spec.analysis.engine !== 'fixedUserT'
    return snapRange(users.value, [from!, to!], isAnytime)
  })
  const answer = useAnswer(
    () => {
      const run = detail.value?.id
      const state = head.value?.state // asked again when it changes
      if (run === undefined || state === undefined || !range.value) return null
      return { run, state, from: range.value[0], to: range.value[1] }
    },
    ({ run, from, to }) => api.call('runs.range', { run, from, to }),
  )
  return {
    users,
    range,
    brush(wanted) {
      query.value = wanted ? wanted.join('-') : ''
    },
    answer,
  }
}
