import type { InterleaverSpec } from '#core/servingParams'

/**
 * Which slots show who picked freely: in a draft the later picks of a round follow from the earlier
 * ones. Neutral slots are no picks, unless a pick was called neutral afterwards.
 */
export type PickRule = 'everySlot' | 'roundStarts' | 'roundStartsOfAllSlots'

/** In rounds each ranker picks once, so that only the first pick of a round is free. */
export function pickRule(interleaver: InterleaverSpec, sides: number): PickRule {
  switch (interleaver.kind) {
    case 'probabilistic':
      return interleaver.sampling === 'noReplace' || sides > 2 ? 'roundStarts' : 'everySlot'
    case 'teamDraft':
      return interleaver.sharedDocs === 'same_rank_neutral'
        ? 'roundStartsOfAllSlots'
        : 'roundStarts'
    case 'sampleOnlyScored': // drafts as teamDraft does with a neutral prefix
      return 'roundStarts'
    case 'balanced': // the coin shows in the first slot alone
    case 'debiasedBalanced':
    case 'optimized': // no teams
    case 'pairwisePreference':
      return 'everySlot'
  }
}

/** Counts of the picks that the draw decided freely, by position and side. */
export class FreePicks {
  /** Slots of each team by position, [sides × k], A first. */
  readonly counts: Float64Array
  readonly #k: number
  readonly #sides: number
  readonly #rule: PickRule

  constructor(rule: PickRule, sides: number, k: number, counts?: Float64Array) {
    this.#rule = rule
    this.#sides = sides
    this.#k = k
    this.counts = counts?.slice() ?? new Float64Array(sides * k)
  }

  /** @param teams side of each slot of one list, −1 for none */
  add(teams: ArrayLike<number>): void {
    let picks = 0
    for (let slot = 0; slot < teams.length; slot++) {
      const team = teams[slot]!
      const free = this.#rule === 'everySlot' || picks % this.#sides === 0
      if (team >= 0 && free) this.counts[team * this.#k + slot]!++
      if (team >= 0 || this.#rule === 'roundStartsOfAllSlots') picks++
    }
  }

  /** Per position, one count per side. */
  table(): number[][] {
    return Array.from({ length: this.#k }, (_, slot) =>
      Array.from({ length: this.#sides }, (__, side) => this.counts[side * this.#k + slot]!),
    )
  }
}
