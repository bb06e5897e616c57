import type { RunId } from '#core/contract/ids'
import type { RunRow } from '#core/contract/runs'

/** A line of the table of experiments: a run, or the seeds of one configuration folded. */
export type ExperimentLine =
  | { readonly kind: 'run'; readonly row: RunRow; readonly inGroup: boolean }
  | { readonly kind: 'group'; readonly rows: readonly RunRow[]; readonly open: boolean } // two or more

/**
 * Runs as lines, in the order given.
 * @param open experiments whose seeds are shown; null: nothing is folded
 */
export function experimentLines(
  rows: readonly RunRow[],
  open: ReadonlySet<string> | null,
): ExperimentLine[] {
  if (open === null) return rows.map((row) => ({ kind: 'run', row, inGroup: false }))
  const groups = Map.groupBy(rows, ({ experiment }) => experiment)
  return [...groups.values()].flatMap<ExperimentLine>((runs) => {
    const [first] = runs
    if (runs.length === 1) return [{ kind: 'run', row: first!, inGroup: false }]
    const isOpen = open.has(String(first!.experiment))
    const inside = isOpen ? runs.map((row) => ({ kind: 'run', row, inGroup: true }) as const) : []
    return [{ kind: 'group', rows: runs, open: isOpen }, ...inside]
  })
}

export const runsOfLine = (line: ExperimentLine): readonly RunRow[] =>
  line.kind === 'run' ? [line.row] : line.rows

/** What tells a line from all others while the table changes. */
export const keyOfLine = (line: ExperimentLine): string =>
  line.kind === 'run' ? `run ${line.row.id}` : `group ${line.rows[0]!.experiment}`

/** The selection after a line was picked or, when all its runs were, dropped. */
export function toggleLine(selected: ReadonlySet<RunId>, line: ExperimentLine): ReadonlySet<RunId> {
  const ids = runsOfLine(line).map(({ id }) => id)
  const rest = [...selected].filter((id) => !ids.includes(id))
  return new Set(ids.every((id) => selected.has(id)) ? rest : [...rest, ...ids])
}
