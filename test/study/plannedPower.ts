import { streams } from '#core/random/philox'
import { binomialUpperTail } from '#core/stats/binomial'
import { signTestPower, sustainedDecisive } from '#core/stats/powerInterleaving'

export interface PlannedPower {
  readonly p: number // probability that a decisive vote goes to A
  readonly n: number // decisive votes that the planner asks for
  readonly planned: number
  readonly exact: number // power of the exact sign test at n
  readonly simulated: number // share of the runs
}

/**
 * Whether an experiment of the planned size finds the preference as often as it was planned to: votes
 * are drawn and tested by the exact sign test.
 */
export function plannedPower(
  p: number,
  planned: number,
  size: { readonly runs: number; readonly alpha: number; readonly seed: number },
): PlannedPower {
  const { runs, alpha, seed } = size
  const n = sustainedDecisive(p, alpha, planned)
  const stream = streams(seed)
  let found = 0
  for (let run = 0; run < runs; run++) {
    const rng = stream(`power ${p}`, run)
    let wins = 0
    for (let vote = 0; vote < n; vote++) if (rng.u() < p) wins++
    if (2 * binomialUpperTail(Math.max(wins, n - wins), n, 0.5) <= alpha) found++
  }
  return { p, n, planned, exact: signTestPower(n, p, alpha), simulated: found / runs }
}
