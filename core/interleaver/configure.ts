import type { Rng } from '#core/random/rng'
import type { Clicks, Credit, Draw, Interleaver, Ranking, WeightedList } from './interleaver.ts'

/** An interleaver whose parameters are fixed; see `Interleaver` for what the calls do. */
export interface ConfiguredInterleaver {
  /** Complete, as they are stored with an experiment. */
  readonly params: unknown
  interleave(rankings: readonly Ranking[], length: number, rng: Rng): Draw
  credit(draw: Draw, rankings: readonly Ranking[], clicked: Clicks): Credit
  distribution(rankings: readonly Ranking[], length: number): readonly WeightedList[]
}

/** @throws ZodError for parameters that the method does not take */
export function configure<P>(method: Interleaver<P>, input: unknown): ConfiguredInterleaver {
  const params = method.params.parse(input)
  return {
    params,
    interleave: (rankings, length, rng) => method.interleave(rankings, length, params, rng),
    credit: (draw, rankings, clicked) => method.credit(draw, rankings, clicked, params),
    distribution: (rankings, length) => method.distribution(rankings, length, params),
  }
}
