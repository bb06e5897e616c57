import { beforeAll, describe, expect, it } from 'vitest'
import { readerOf } from '#core/dataset/kinds/interleaving'
import { analyseLog } from '#core/logAnalysis/analyseLog'
import type { LogReport } from '#core/logAnalysis/logReport'
import { planOfRun, runLog } from '#core/logAnalysis/runLog'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { ComputeOps } from '#core/compute/ops'
import { contestSpec } from '../../support/contestSpec.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { smallSpec } from '../../support/smallSpec.ts'
import { wasmOps } from '../../support/tensors.ts'
import { finished } from '../../support/finished.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const specs: Record<string, ExperimentSpec> = {
  'explore by probabilistic interleaving': smallSpec(),
  'a duel by team draft': contestSpec('duel', ['popularity', 'random'], 60, {
    interleaver: { kind: 'teamDraft' },
  }),
  'a duel by optimized interleaving': contestSpec('duel', ['popularity', 'random'], 30, {
    interleaver: { kind: 'optimized' },
  }),
  'a split': contestSpec('split', ['popularity', 'random'], 60),
}

describe('the log of a run of our own', () => {
  it.each(Object.entries(specs))('says what the run says: %s', async (_, spec) => {
    const { batches, summary } = await runToEnd(ops, spec)
    const log = runLog(
      spec,
      batches.map(({ chunk }) => chunk),
    )
    const report: LogReport = await finished(analyseLog(readerOf(log), planOfRun(spec)))
    for (const part of ['outcomes', 'delta', 'logE', 'otherEngines', 'deltaImpression'] as const) {
      expect(rounded(report[part]), part).toEqual(rounded(summary[part]))
    }
    for (const part of ['designEffect', 'signTest', 'verdict', 'effectiveItems'] as const) {
      expect(rounded(report[part]), part).toEqual(rounded(summary[part]))
    }
    expect(report.clicks).toBe(summary.clicks)
    expect(report.users).toBe(summary.users)
    expect(report.teams.mismatched).toBe(0)
    // a log tells neither both whole lists nor the law that a list was drawn from
    const runsAlone = ['dilution', 'sampleRatio', 'balancedLaw']
    const shared = summary.health.filter(({ id }) => !runsAlone.includes(id))
    for (const check of shared) {
      if (check.id === 'noVoteByCoin') continue
      expect(rounded(report.health.find(({ id }) => id === check.id))).toEqual(rounded(check))
    }
  })
})

/** Sums in another order differ in the last bits. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, x: unknown) =>
    typeof x === 'number' ? Number(x.toPrecision(10)) : x,
  )
