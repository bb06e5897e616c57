import { z } from 'zod'
import {
  checkClaim,
  claimRules,
  driftMetric,
  type Claim,
  type ClaimId,
  type DriftMetric,
  type DriftOutcome,
  type DriftWorldId,
} from './claims.ts'
import type { DriftResult } from './driftRow.ts'
import { driftRows, drifting, stationary, type DriftRowId } from './driftRows.ts'
import { runDriftBench, type DriftBenchResult } from './runDriftBench.ts'

const claimIds = Object.keys(claimRules) as [ClaimId, ...ClaimId[]]

/** A question to the drift bench: which claims are checked, and on how many seeds. */
export const DriftStudySpec = z.strictObject({
  claims: z
    .array(z.enum(claimIds))
    .min(1)
    .default([...claimIds])
    .describe('what is checked; the agents that it needs are run'),
  everyAgent: z
    .boolean()
    .default(false)
    .describe('runs all agents of the bench, also those that no claim needs'),
  seeds: z
    .int()
    .min(2)
    .max(50)
    .default(5)
    .describe('paired seeds, from 1 on unless the run’s seed says otherwise'),
  requests: z
    .int()
    .min(200)
    .max(100_000)
    .default(4000)
    .describe('requests per world; the jump comes at half time'),
  pretrainSteps: z
    .int()
    .min(0)
    .max(100_000)
    .default(3000)
    .describe('batches of 32 logged clicks before the first request'),
})
export type DriftStudySpec = z.output<typeof DriftStudySpec>

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
