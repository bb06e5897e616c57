import type { InspectedTree } from './inspectedTree.ts'
import { nodeFigures, type NodeFigures } from './nodeFigures.ts'

/** Where in the order of the leaves each level of a tree stands, in equally wide parts. */
export interface LevelMap {
  readonly parts: number
  /** Of each level, the leaves last: a value per part, NaN where nothing was counted. */
  readonly levels: readonly {
    readonly visits: Float64Array // per leaf slot
    readonly entropy: Float64Array
    readonly reward: Float64Array
  }[]
}

/** Of one level: how many nodes there are, hold items and were passed, and how sure they decide. */
export interface LevelFigures {
  readonly level: number
  readonly nodes: number
  readonly open: number // with items
  readonly passed: number | null
  /** Mean over decisions at nodes with a choice, 0 to 1; null for the leaves. */
  readonly entropy: number | null
}

const mostParts = 96

/** One walk over all nodes, for both. */
export function levelsOf(inspected: InspectedTree): {
  readonly map: LevelMap | null
  readonly figures: readonly LevelFigures[]
} {
  const { tree, found } = inspected
  const slots = tree.leaf.length
  const parts = Math.min(mostParts, slots)
  const levels = Array.from({ length: tree.depth + 1 }, (_, level) => {
    const nodes = tree.children ** level
    const rows = Array.from({ length: nodes }, (_unused, node) =>
      nodeFigures(inspected, { level, node }),
    )
    return { rows, nodes, level }
  })
  const figures = levels.map(({ rows, nodes, level }) => {
    const chosen = rows.filter(({ entropy }) => entropy !== null)
    const times = sum(chosen, ({ visits }) => visits)
    return {
      level,
      nodes,
      open: rows.filter(({ items }) => items > 0).length,
      passed: found && rows.filter(({ visits }) => (visits ?? 0) > 0).length,
      entropy: times > 0 ? sum(chosen, (row) => row.entropy! * row.visits!) / times : null,
    }
  })
  const map = found && {
    parts,
    levels: levels.map(({ rows, nodes }) => {
      const within = (part: number) => {
        const from = Math.floor((part * nodes) / parts)
        return rows.slice(from, Math.max(from + 1, Math.floor(((part + 1) * nodes) / parts)))
      }
      const column = (value: (own: readonly NodeFigures[]) => number) =>
        Float64Array.from({ length: parts }, (_, part) => value(within(part)))
      const mean = (of: (row: NodeFigures) => number | null) =>
        column((own) => {
          const known = own.filter((row) => of(row) !== null)
          const times = sum(known, ({ visits }) => visits)
          return times > 0 ? sum(known, (row) => of(row)! * row.visits!) / times : NaN
        })
      return {
        visits: column((own) => (sum(own, ({ visits }) => visits) * nodes) / own.length / slots),
        entropy: mean(({ entropy }) => entropy),
        reward: mean(({ reward }) => reward),
      }
    }),
  }
  return { map, figures }
}

const sum = (rows: readonly NodeFigures[], of: (row: NodeFigures) => number | null): number =>
  rows.reduce((total, row) => total + (of(row) ?? 0), 0)
