import type { LogFacts, LogPiece } from '#core/dataset/kinds/interleaving'
import { LogError } from './logError.ts'
import type { LogPlan } from './logPlan.ts'

type Rule = Pick<LogPlan, 'attribution' | 'window'>

/** @throws LogError if the rule asks for a column that the log does not have */
export function requireAttributable({ has }: LogFacts, { attribution, window }: Rule): void {
  if (attribution.event === 'dwell' && !has.dwell) {
    throw new LogError('attribution.event', 'the log has no dwell times; count clicks instead')
  }
  if (attribution.event === 'order' && !has.orders) {
    throw new LogError('attribution.event', 'the log has no orders; count clicks instead')
  }
  if (window !== null && !has.delay) {
    throw new LogError('window', 'the log has no click times; leave the window out')
  }
}

/** Rows with an event, step by step: all of them, those left out by each reason, those that count. */
export interface AttributionCounts {
  /** Rows with a click, or with an order for that rule, before the rule. */
  readonly events: number
  /** Clicked before their list was shown: no list can be credited. */
  readonly orphans: number
  /** Clicked after the window had closed. */
  readonly late: number
  /** Without the dwell time or the click time that the rule asks for. */
  readonly unmeasured: number
  readonly attributed: number
}

export const noEvents: AttributionCounts = {
  events: 0,
  orphans: 0,
  late: 0,
  unmeasured: 0,
  attributed: 0,
}

/**
 * The rows that give credit. Several clicks on one item of a list are one row and count once.
 * @param counts is added to
 * @returns [rows of the piece], 1 where the rule gives credit
 */
export function creditedRows(
  piece: LogPiece,
  { attribution: rule, window }: Rule,
  counts: { -readonly [K in keyof AttributionCounts]: number } = { ...noEvents },
): Uint8Array {
  const { click, dwell, orders, delay } = piece
  const credited = new Uint8Array(click.length)
  for (let row = 0; row < click.length; row++) {
    const happened = rule.event === 'order' ? orders![row]! > 0 : click[row] === 1
    if (!happened) continue
    counts.events++
    const after = delay?.[row] ?? Number.NaN
    const seconds = rule.event === 'dwell' ? dwell![row]! : Infinity
    if (after < 0) counts.orphans++
    else if (window !== null && after > window) counts.late++
    else if ((window !== null && Number.isNaN(after)) || Number.isNaN(seconds)) counts.unmeasured++
    else if (rule.event !== 'dwell' || seconds >= rule.seconds) {
      credited[row] = 1
      counts.attributed++
    }
  }
  return credited
}
