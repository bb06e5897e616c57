import type { Estimate } from '#core/run/summary'
import type { Contrast } from './signTests.ts'
import type { Anchor, AnchorId, ValidityCheck, ValidityReport } from './validityReport.ts'

/** What a kind of world shows in an examination: anchors one after the other, then contrasts. */
export interface Panel {
  readonly policies: readonly AnchorId[]
  /** Lets a policy serve the world alone; the first one's play says most about the world itself. */
  play(policy: AnchorId): {
    readonly anchor: Anchor
    readonly checks: readonly ValidityCheck[]
    readonly seen: Partial<Seen>
  }
  /** What the anchors have to be beside each other. */
  compare(anchors: readonly Anchor[]): readonly ValidityCheck[]
  readonly contrasts: readonly Contrast[]
}

/** Of a world's requests under random lists. */
export type Seen = Pick<ValidityReport, 'gaps' | 'ages' | 'hash' | 'calibration'>

/** Of the intervals of anchors. */
export const anchorLevel = 0.95

/** A number without a spread; missing where nothing was counted. */
export const exact = (value: number, n: number): Estimate =>
  n > 0
    ? { value, low: value, high: value, n }
    : { value: null, low: null, high: null, n, reason: 'noData' }

/** One event log of a seed, whenever it is written. */
export const sameHash = (one: string, other: string, events: number): ValidityCheck => ({
  block: 'determinism',
  id: 'sameHash',
  unit: 'none',
  estimate: exact(1, events),
  expected: null,
  verdict: one === other ? 'pass' : 'fail',
})

export const hiddenByType: ValidityCheck = {
  block: 'leaks',
  id: 'noHiddenField',
  unit: 'none',
  estimate: exact(1, 1),
  expected: null,
  // rankers get RankRequests, learners Feedback, agents of episodes an EpisodicWorld: none has a field of the truth
  verdict: 'pass',
}
