import type { LogFacts, LogPiece } from '#core/dataset/kinds/interleaving'
import { LogError } from './logError.ts'
import type { AttributionRule } from './logPlan.ts'

/** @throws LogError if the rule asks for a column that the log does not have */
export function requireAttributable({ has }: LogFacts, rule: AttributionRule): void {
  if (rule.event === 'dwell' && !has.dwell) {
    throw new LogError('attribution.event', 'the log has no dwell times; count clicks instead')
  }
  if (rule.event === 'order' && !has.orders) {
    throw new LogError('attribution.event', 'the log has no orders; count clicks instead')
  }
}

export interface AttributedClicks {
  /** [rows of the piece], 1 where the rule gives credit. */
  readonly counts: Uint8Array
  /** Rows with a click, and with an order for that rule, before the rule. */
  readonly events: number
  readonly attributed: number
  /** Clicks whose dwell time was not logged; they give no credit under the dwell rule. */
  readonly unmeasured: number
}

/** The rows that give credit. Several clicks on one item of a list are one row and count once. */
export function attributedClicks(piece: LogPiece, rule: AttributionRule): AttributedClicks {
  const { click, dwell, orders } = piece
  const counts = new Uint8Array(click.length)
  let events = 0
  let attributed = 0
  let unmeasured = 0
  for (let row = 0; row < click.length; row++) {
    const happened = rule.event === 'order' ? orders![row]! > 0 : click[row] === 1
    if (!happened) continue
    events++
    if (rule.event === 'dwell') {
      const seconds = dwell![row]!
      if (Number.isNaN(seconds)) unmeasured++
      if (!(seconds >= rule.seconds)) continue
    }
    counts[row] = 1
    attributed++
  }
  return { counts, events, attributed, unmeasured }
}
