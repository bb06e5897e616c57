import type { Rng } from '#core/random/rng'
import { noUpdate, type MinorUpdate } from './minorRule.ts'
import type { WeightSpace } from './weightSpace.ts'

/** The stream that side 0, 1, … is drawn from. */
export type RngOf = (side: number) => Rng

/**
 * A strategy that explores in the space of weights. A round of M impressions is one duel: the sides
 * are drawn, their lists are merged into one, and the credit of the sides moves W.
 */
export interface WeightExplorer<P> {
  readonly paper: string
  /** Networks whose lists are merged, 2 or more. */
  sides(params: P): number
  /** Side 0 is W itself, or a draw as all others are. */
  ownSideA(params: P): boolean
  /**
   * Draws the sides of a round.
   * @param sides sets to be written; the first one only where side 0 is a draw
   * @param rngOf a stream for each side
   */
  draw<W>(space: WeightSpace<W>, w: W, sides: readonly W[], params: P, rngOf: RngOf): void
  /**
   * Moves W. A round whose lists never differed is void and does not come here; a round that decides
   * nothing must leave W bit for bit as it is.
   * @param credit pooled credit of each side
   * @param impressions that were pooled
   */
  settle<W>(
    space: WeightSpace<W>,
    w: W,
    sides: readonly W[],
    credit: ArrayLike<number>,
    impressions: number,
    params: P,
  ): Settled
}

/** How a round ended; `applied` moved W or would have, were the rule not `none`. */
export interface Settled extends MinorUpdate {
  readonly result: 'applied' | 'refused' | 'tie'
}

export const tie: Settled = { result: 'tie', ...noUpdate }
export const refused: Settled = { result: 'refused', ...noUpdate }
