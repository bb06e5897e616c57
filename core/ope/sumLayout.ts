import type { BanditLog } from '#core/dataset/kinds/bandit'
import { addRound, fromSums, sumWidth } from './estimatorSums.ts'
import type { LoggedRounds } from './loggedRounds.ts'
import type { ReplaySpec } from './replaySpec.ts'
import { slateEstimatorIds } from './slates.ts'

/** Where the sums of a cluster stand, and the statistics that are taken of them. */
export class SumLayout {
  readonly width: number
  readonly statistics: readonly ((row: Float64Array) => number)[]
  readonly logged: number
  readonly positionStart: number
  readonly slateStart: number
  readonly #log: BanditLog
  readonly #spec: ReplaySpec
  readonly #sweep: readonly number[]
  readonly #rewardAt: number
  readonly #sweepStart: number

  /** Columns: estimators, reward, [n, w, wr] per position, [cw, cwr] per clip, slate terms. */
  constructor(log: BanditLog, spec: ReplaySpec, sweep: readonly number[], hasSlates: boolean) {
    this.#log = log
    this.#spec = spec
    this.#sweep = sweep
    this.#rewardAt = sumWidth
    this.positionStart = sumWidth + 1
    this.#sweepStart = this.positionStart + 3 * log.positions
    this.slateStart = this.#sweepStart + 2 * sweep.length
    this.width = this.slateStart + slateEstimatorIds.length + 1
    const quotient = (a: number, b: number) => (row: Float64Array) =>
      row[b] === 0 ? Number.NaN : row[a]! / row[b]!
    const estimators = Object.values(fromSums).map((from) => (row: Float64Array) => from(row, 0))
    this.logged = estimators.length
    this.statistics = [
      ...estimators,
      quotient(this.#rewardAt, 0),
      ...Array.from({ length: log.positions }, (_, p) => {
        const at = this.positionStart + 3 * p
        return [quotient(at + 2, at), quotient(at + 2, at + 1)]
      }).flat(),
      ...sweep.flatMap((_, c) => {
        const at = this.#sweepStart + 2 * c
        return [quotient(at + 1, 0), quotient(at + 1, at)]
      }),
      ...(hasSlates
        ? slateEstimatorIds.map((_, e) =>
            quotient(this.slateStart + e, this.slateStart + slateEstimatorIds.length),
          )
        : []),
    ]
  }

  positionIps = (position: number): number => this.logged + 1 + 2 * position
  sweepIps = (clip: number): number => this.logged + 1 + 2 * this.#log.positions + 2 * clip
  slateValue = (estimator: number): number =>
    this.logged + 1 + 2 * this.#log.positions + 2 * this.#sweep.length + estimator

  add(
    rounds: LoggedRounds,
    round: number,
    matched: Uint8Array | null,
    out: Float64Array,
    offset: number,
  ): void {
    const w = rounds.weight[round]!
    const r = rounds.reward[round]!
    addRound(rounds, round, matched, this.#spec, out, offset)
    out[offset + this.#rewardAt]! += r
    const position = offset + this.positionStart + 3 * (this.#log.position?.[round] ?? 0)
    out[position]! += 1
    out[position + 1]! += w
    out[position + 2]! += w * r
    this.#sweep.forEach((clip, c) => {
      out[offset + this.#sweepStart + 2 * c]! += Math.min(w, clip)
      out[offset + this.#sweepStart + 2 * c + 1]! += Math.min(w, clip) * r
    })
  }
}
