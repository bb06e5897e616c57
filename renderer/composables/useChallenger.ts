import { computed, shallowRef } from 'vue'
import type { Estimate, RunSummary } from '#core/run/summary'
import { useSides } from './useSides.ts'

/** Which challenger of a duel or a split the cards show; there is one in every other run. */
export function useChallenger(summary: () => RunSummary | null) {
  const sides = useSides(summary)
  const chosen = shallowRef(0)
  const count = computed(() => summary()?.contest?.challengers.length ?? 1)
  const index = computed(() => Math.min(chosen.value, count.value - 1))
  /** The summary with the numbers of the challenger in the place of the first one's. */
  const view = computed(() => {
    const whole = summary()
    const shown = whole?.contest?.challengers[index.value]
    return whole && shown && index.value > 0 ? seenFrom(whole, shown) : whole
  })
  const pair = computed(() => [sides.value[0]!, sides.value[index.value + 1]!] as const)
  return { sides, pair, chosen, index, count, view }
}

type Challenger = NonNullable<RunSummary['contest']>['challengers'][number]

const unknown: Estimate = { value: null, low: null, high: null, n: 0 }

function seenFrom(whole: RunSummary, challenger: Challenger): RunSummary {
  const { delta, logE, otherEngines, verdict, outcomes, signTest } = challenger
  return {
    ...whole,
    delta,
    logE,
    otherEngines,
    verdict,
    outcomes: outcomes ? { ...outcomes, identical: whole.outcomes.identical } : whole.outcomes,
    signTest: signTest ?? whole.signTest,
    usersVoting: delta.n,
    // of the first challenger alone
    decidedAtUser: null,
    deltaImpression: unknown,
    designEffect: null,
  }
}
