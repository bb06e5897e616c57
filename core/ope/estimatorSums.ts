import type { OffPolicyEstimatorId } from './estimators.ts'
import type { LoggedRounds } from './loggedRounds.ts'

/** Li's replay beside the weighted estimators. */
export type ReplayEstimatorId = OffPolicyEstimatorId | 'liReplay'

/** Sums over rounds that every estimator is a function of, so that one resampling serves all. */
const sumNames = [
  'n',
  'w',
  'wr',
  'cw', // clipped weights
  'cwr',
  'v', // V̂
  'wd', // w(r − q̂)
  'cwd',
  'swd', // only where w ≤ τ
  'osd', // shrunk
  'matched', // rounds in which the policy would have done the same
  'matchedReward',
] as const

const at = Object.fromEntries(sumNames.map((name, index) => [name, index])) as Readonly<
  Record<(typeof sumNames)[number], number>
>
export const sumWidth = sumNames.length

interface SumOptions {
  readonly clip: number
  readonly switchAt: number
  readonly shrinkage: number
}

/** Adds the terms of one round to `out`, from `offset` on. @param matched null: not a uniform log */
export function addRound(
  rounds: LoggedRounds,
  round: number,
  matched: Uint8Array | null,
  { clip, switchAt, shrinkage }: SumOptions,
  out: Float64Array,
  offset: number,
): void {
  const w = rounds.weight[round]!
  const r = rounds.reward[round]!
  const add = (name: (typeof sumNames)[number], value: number): void => {
    out[offset + at[name]]! += value
  }
  add('n', 1)
  add('w', w)
  add('wr', w * r)
  add('cw', Math.min(w, clip))
  add('cwr', Math.min(w, clip) * r)
  if (rounds.predicted && rounds.value) {
    const d = r - rounds.predicted[round]!
    add('v', rounds.value[round]!)
    add('wd', w * d)
    add('cwd', Math.min(w, clip) * d)
    add('swd', w <= switchAt ? w * d : 0)
    add('osd', w === 0 ? 0 : ((shrinkage * w) / (w * w + shrinkage)) * d)
  }
  if (matched?.[round] === 1) {
    add('matched', 1)
    add('matchedReward', r)
  }
}

const ratio = (a: number, b: number): number => (b === 0 ? Number.NaN : a / b)

/** The estimators as functions of the sums that begin at `offset`; NaN where nothing is summed. */
export const fromSums: Readonly<
  Record<ReplayEstimatorId, (sums: Float64Array, offset: number) => number>
> = {
  ips: (s, o) => ratio(s[o + at.wr]!, s[o + at.n]!),
  ipsClipped: (s, o) => ratio(s[o + at.cwr]!, s[o + at.n]!),
  snips: (s, o) => ratio(s[o + at.wr]!, s[o + at.w]!),
  snipsClipped: (s, o) => ratio(s[o + at.cwr]!, s[o + at.cw]!),
  dm: (s, o) => ratio(s[o + at.v]!, s[o + at.n]!),
  dr: (s, o) => ratio(s[o + at.v]! + s[o + at.wd]!, s[o + at.n]!),
  drClipped: (s, o) => ratio(s[o + at.v]! + s[o + at.cwd]!, s[o + at.n]!),
  sndr: (s, o) => ratio(s[o + at.v]!, s[o + at.n]!) + ratio(s[o + at.wd]!, s[o + at.w]!),
  switchDr: (s, o) => ratio(s[o + at.v]! + s[o + at.swd]!, s[o + at.n]!),
  drOs: (s, o) => ratio(s[o + at.v]! + s[o + at.osd]!, s[o + at.n]!),
  liReplay: (s, o) => ratio(s[o + at.matchedReward]!, s[o + at.matched]!),
}
