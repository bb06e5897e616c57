import type { BanditLog } from '#core/dataset/kinds/bandit'
import type { Feature } from '#core/dataset/kinds/feature'

/** Values of a category that get a column; rarer ones share the intercept. */
const mostValues = 30

/**
 * Sparse rows of the regressions: an intercept, the action, the position and the context. A row is a
 * part that depends on the round alone and one column for the action.
 */
export interface BanditDesign {
  readonly width: number
  /** Calls `visit(column, value)` for every entry of a round that does not depend on the action. */
  context(round: number, visit: (column: number, value: number) => void): void
  /** The one column of an action at a position. */
  actionColumn(action: number): number
}

export function banditDesign(log: BanditLog): BanditDesign {
  let width = 1
  const actionStart = width
  width += log.actions
  const positionStart = width
  width += log.positions - 1
  const parts = log.context.map((feature) => {
    const part = encoded(feature, width)
    width += part.width
    return part
  })
  return {
    width,
    actionColumn: (action) => actionStart + action,
    context(round, visit) {
      visit(0, 1)
      const position = log.position?.[round] ?? 0
      if (position > 0) visit(positionStart + position - 1, 1)
      for (const part of parts) part.visit(round, visit)
    },
  }
}

type Visit = (column: number, value: number) => void

function encoded(
  feature: Feature,
  start: number,
): { readonly width: number; visit(round: number, visit: Visit): void } {
  if (feature.type === 'number') {
    const { values } = feature
    const { centre, scale } = spread(values)
    return {
      width: scale > 0 ? 1 : 0,
      visit(round, visit) {
        const value = (values[round]! - centre) / scale
        if (scale > 0 && value !== 0 && !Number.isNaN(value)) visit(start, value)
      },
    }
  }
  const counts = new Int32Array(feature.names.length)
  for (const code of feature.code) if (code >= 0) counts[code]!++
  const common = feature.names
    .map((_, code) => code)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, mostValues)
  const column = new Int32Array(feature.names.length).fill(-1)
  common.forEach((code, place) => (column[code] = place))
  return {
    width: common.length,
    visit(round, visit) {
      const code = feature.code[round]!
      if (code >= 0 && column[code]! >= 0) visit(start + column[code]!, 1)
    },
  }
}

/** Not logged values stand at the mean. */
function spread(values: Float32Array): { readonly centre: number; readonly scale: number } {
  let n = 0
  let mean = 0
  let squares = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    const next = mean + (value - mean) / ++n
    squares += (value - mean) * (value - next)
    mean = next
  }
  return { centre: mean, scale: n > 0 ? Math.sqrt(squares / n) : 0 }
}
