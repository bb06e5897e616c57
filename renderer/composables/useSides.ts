import { computed } from 'vue'
import type { Findings } from '#core/run/summary'
import { sideNames } from '#core/sideNames'
import { useApp } from '../stores/app.ts'

/** What the sides of a run are called: Q and Q̃, or the rankers of a duel or a split. */
export function useSides(summary: () => Pick<Findings, 'contest'> | null) {
  const app = useApp()
  return computed<readonly string[]>(() => {
    const contest = summary()?.contest
    return contest ? sideNames(contest, app.language) : ['Q', 'Q̃']
  })
}
