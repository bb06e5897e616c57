import type { Estimate } from '#core/run/summary'
import type { ItemPolicyId } from './itemToItemPanel.ts'
import type { PolicyId } from './playWorld.ts'
import type { ExaminedWorld } from './validitySpec.ts'

/** The blocks of a validity panel (simulators.md). */
export type ValidityBlock =
  'anchors' | 'level' | 'time' | 'signs' | 'leaks' | 'falsification' | 'determinism'

/** One thing that a world has to show. `info` stands where nothing is demanded. */
export interface ValidityCheck {
  readonly block: ValidityBlock
  readonly id: ValidityCheckId
  readonly unit: 'rate' | 'difference' | 'hours' | 'share' | 'items' | 'similarity' | 'none'
  readonly estimate: Estimate
  /** What it is held against; null where the sign or the interval alone decides. */
  readonly expected: number | null
  readonly verdict: 'pass' | 'fail' | 'info'
}

type ValidityCheckId =
  | 'randomBelowOracle'
  | 'learnedBelowOracle'
  | 'firstPool'
  | 'randomLevel'
  | 'clicklessLists'
  | 'candidates'
  | 'inSession'
  | 'betweenModes'
  | 'dailyMode'
  | 'ageAtClick'
  | 'requestsPerUser'
  | 'qualityUp'
  | 'satisfactionUp'
  | 'boredomUp'
  | 'boredomDiversity'
  | 'likeUp'
  | 'flipsUp'
  | 'popularityBeatsRandom'
  | 'noHiddenField'
  | 'swappedUsers'
  | 'tastesOff'
  | 'sameHash'
  | 'firstStep'
  | 'exactOptimum'
  | 'allNeighbours'
  | 'episodeLength'
  | 'learntBelowOracle'
  | 'planningGains'
  | 'acceptanceUp'
  | 'roughnessUp'
  | 'swappedStates'
  | 'likenessOff'

export type AnchorId = PolicyId | ItemPolicyId

/** Clicks per item of a policy that serves the world alone; from item to item, the share accepted. */
export interface Anchor {
  readonly policy: AnchorId
  readonly ctr: Estimate
}

/** News: clicks by the age of the item, in bins of equal width from 0; the last holds all older. */
export interface AgeHistogram {
  readonly widthHours: number
  readonly counts: readonly number[]
}

/** Return times: counts in bins of equal width in log10 seconds. */
export interface GapHistogram {
  readonly fromLog10: number
  readonly width: number
  readonly counts: readonly number[]
}

export interface ValidityReport {
  readonly world: ExaminedWorld['kind']
  readonly requests: number // per policy and seed
  readonly seeds: number
  readonly anchors: readonly Anchor[]
  readonly gaps: GapHistogram | null
  readonly ages: AgeHistogram | null
  readonly checks: readonly ValidityCheck[]
  /** News: the offset c that random lists were calibrated with, and the rate it reaches. */
  readonly calibration: { readonly offset: number; readonly ctr: number } | null
  readonly hash: string
}
