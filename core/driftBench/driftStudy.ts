import {
  checkClaim,
  claimRules,
  driftMetric,
  type Claim,
  type DriftMetric,
  type DriftOutcome,
  type DriftWorldId,
} from './claims.ts'
import type { DriftResult } from './driftRow.ts'
import { driftRows, drifting, stationary, type DriftRowId } from './driftRows.ts'
import type { DriftStudySpec } from './driftStudySpec.ts'
import { runDriftBench, type DriftBenchResult } from './runDriftBench.ts'

export interface DriftReport {
  readonly seeds: number
  readonly rows: readonly DriftRowId[]
  readonly worlds: Readonly<Record<DriftWorldId, readonly DriftBenchResult[]>> // one per seed
  readonly claims: readonly Claim[]
}

export type DriftStudyStep =
  | { readonly type: 'progress'; readonly stage: string; readonly share: number }
  | {
      readonly type: 'point'
      readonly done: number
      readonly total: number
      readonly report: () => DriftReport
      readonly checkpoint: () => unknown
    }
  | { readonly type: 'finished'; readonly report: DriftReport }

/** Resumable between two seeds; the same spec and seed give the same report. */
// eslint-disable-next-line @typescript-eslint/require-await -- async, so that a consumer can wait between points
export async function* runDriftStudy(input: {
  readonly spec: DriftStudySpec
  readonly seed: number
  readonly checkpoint: unknown
}): AsyncGenerator<DriftStudyStep> {
  const { spec, seed } = input
  const needed = new Set<DriftRowId>(spec.claims.flatMap((id) => [...claimRules[id].rows]))
  // greedy stands beside every other row
  const ids = (Object.keys(driftRows) as DriftRowId[]).filter(
    (id) => id === 'greedy' || spec.everyAgent || needed.has(id),
  )
  const rows = ids.map((id) => driftRows[id])
  const results = (input.checkpoint as DriftReport['worlds'] | null) ?? {
    stationary: [],
    drift: [],
  }
  const worlds = { stationary: [...results.stationary], drift: [...results.drift] }
  const report = (): DriftReport => {
    const outcome = outcomeOf(ids, worlds)
    const claims = worlds.drift.length < 2 ? [] : spec.claims.map((id) => checkClaim(id, outcome))
    return { seeds: worlds.drift.length, rows: ids, worlds, claims }
  }
  for (let done = worlds.drift.length; done < spec.seeds; done++) {
    for (const [id, motion] of [
      ['stationary', stationary],
      ['drift', drifting],
    ] as const) {
      yield { type: 'progress', stage: id, share: done / spec.seeds }
      const world = { ...motion, requests: spec.requests }
      const { pretrainSteps } = spec
      worlds[id].push(runDriftBench({ world, rows, seed: seed + done, pretrainSteps }))
    }
    const checkpoint = () => ({ stationary: [...worlds.stationary], drift: [...worlds.drift] })
    yield { type: 'point', done: done + 1, total: spec.seeds, report, checkpoint }
  }
  yield { type: 'finished', report: report() }
}

function outcomeOf(
  ids: readonly DriftRowId[],
  worlds: Readonly<Record<DriftWorldId, readonly DriftBenchResult[]>>,
): DriftOutcome {
  const at = (result: DriftBenchResult, row: DriftRowId): DriftResult => {
    const found = result.rows[ids.indexOf(row)]
    if (!found) throw new RangeError(`the row ${row} was not run`)
    return found
  }
  return {
    of: (world, row, metric: DriftMetric) =>
      worlds[world].map((result) => driftMetric(at(result, row), metric)),
    oracle: (world) => worlds[world].map(({ oracle }) => oracle),
  }
}
