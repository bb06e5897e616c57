import type { PlanNeeds } from '#core/planNeeds'

/** The first lists of a design, before anything is learned from clicks. */
export interface PlanPreview {
  /** Top lists of sides A and B for the first requests, item rows, best first. */
  readonly lists: readonly { readonly a: readonly number[]; readonly b: readonly number[] }[]
  /** RBO (p = .9) of the two lists over requests and draws of the sides. */
  readonly overlap: Spread
  /** The same against the strength of the exploration; null where nothing is drawn or it has none. */
  readonly curve: OverlapCurve | null
  /** What simulated users answered; null in a split, where nobody votes. */
  readonly votes: PreviewVotes | null
  /** Expected clicks per list, were the side's own list shown. */
  readonly clicks: { readonly a: number; readonly b: number }
  /** With the tie and no-vote rates of `votes`; null without decisive votes. */
  readonly needs: PlanNeeds | null
  readonly power: PowerCurve | null
  readonly requests: number
  readonly draws: number // of the sides
  /** Where the preview is smaller than the plan. */
  readonly smaller: readonly ('world' | 'pretraining')[]
}

/** Mean and deciles. */
export interface Spread {
  readonly mean: number
  readonly low: number // 10 %
  readonly high: number // 90 %
}

export interface OverlapCurve {
  readonly field: StrengthField
  readonly x: readonly number[]
  readonly overlap: readonly Spread[]
}

export interface PreviewVotes {
  readonly impressions: number
  /** Shares of the impressions. */
  readonly ties: number
  readonly noVotes: number
  /** Share of the impressions whose lists were the same: dilution. */
  readonly identical: number
}

/** Power of one look at the end to find `effect`, by the normal formula. */
export interface PowerCurve {
  readonly effect: number
  readonly isNamed: boolean // by the plan; else it is the smallest that the planned users find
  readonly users: readonly number[]
  readonly power: readonly number[]
}

/** How far an explorer's side B may lie from Q. */
export type StrengthField =
  'explorer.alpha' | 'explorer.sigma' | 'explorer.epsilon' | 'explorer.temperature'
