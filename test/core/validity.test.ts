import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { checkStudy } from '#core/study/checkStudy'
import { validity } from '#core/study/validity'
import { runValidity } from '#core/validity/runValidity'
import type { ValidityReport } from '#core/validity/validityReport'
import { ExaminedWorld, ValiditySpec } from '#core/validity/validitySpec'
import { validityTotal } from '#core/validity/validityTotal'
import { validityWorldIds, validityWorlds, worldIdOf } from '#core/validity/validityWorlds'
import { notFinite } from '../support/notFinite.ts'

async function examine(raw: z.input<typeof ValiditySpec>, from: unknown = null, seed = 1) {
  const spec = ValiditySpec.parse(raw)
  const checkpoints: unknown[] = []
  for await (const step of runValidity({ spec, seed, data: { ratings: null }, checkpoint: from })) {
    if (step.type === 'point') checkpoints.push(structuredClone(step.checkpoint()))
    if (step.type === 'finished') return { spec, checkpoints, report: step.report }
  }
  throw new Error('the study did not finish')
}

const failures = ({ checks }: ValidityReport) =>
  checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)

const small = { requests: 600, users: 80, seeds: 3, listLength: 8, poolSize: 30 }
const worlds: Readonly<Record<string, object>> = {
  news: { kind: 'news', users: 80, days: 8, logDays: 1, targetCtr: 0.06, newsPerHour: 8 },
  typedLatent: { kind: 'typedLatent', users: 80, items: 400, ratingsPerUser: 80, factors: 8 },
  lowRank: { kind: 'lowRank', users: 80, items: 400, ratingsPerUser: 80, factors: 8 },
  sessions: { kind: 'sessions', users: 30, products: 60, logUsers: 100 },
  itemToItem: { kind: 'itemToItem', items: 80 },
}

describe.each(Object.entries(worlds))('the validity panel of %s', (kind, world) => {
  const environment = ExaminedWorld.parse(world)

  it('has signs as stated, no leak and one event log, and resumes to the same report', async () => {
    const { report, spec, checkpoints } = await examine({ ...small, environment })
    expect(failures(report)).toEqual([])
    expect(report.world).toBe(kind)
    expect(checkpoints).toHaveLength(validityTotal(spec))
    const rest = await examine({ ...small, environment }, checkpoints[6] ?? checkpoints[4])
    expect(rest.report).toEqual(report)
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })
})

it('knows a named world again, with its keys in any order', () => {
  for (const id of validityWorldIds) {
    const stored = Object.entries(validityWorlds[id]).toReversed()
    expect(worldIdOf(ExaminedWorld.parse(Object.fromEntries(stored)))).toBe(id)
    expect(worldIdOf(Object.fromEntries(stored) as ExaminedWorld)).toBe(id)
  }
  expect(worldIdOf(ExaminedWorld.parse({ kind: 'sessions', products: 77 }))).toBeNull()
})

it('refuses a world that can not be, and varies one at the end of its range', async () => {
  const { issues } = checkStudy(validity, {
    environment: { kind: 'lowRank', items: 20, ratingsPerUser: 15 },
  })
  expect(issues).toMatchObject([{ path: 'environment.ratingsPerUser', fix: 10 }])
  // the signs are found by a higher quality and a calibrated offset, beyond what a plan may ask for
  const environment = ExaminedWorld.parse({ ...worlds['news'], qualityMean: 5, targetCtr: 0.5 })
  const { report } = await examine({ ...small, requests: 60, seeds: 2, environment })
  expect(report.checks.map(({ id }) => id)).toContain('qualityUp')
})

it('has no share of lists where no list was asked for', async () => {
  const environment = { kind: 'sessions', users: 2, leave: 0.5, toBandit: 0.01, logUsers: 10 }
  const { report } = await examine({
    ...{ requests: 50, seeds: 2, users: 2, listLength: 1, poolSize: 1 },
    environment: ExaminedWorld.parse({ ...environment, products: 14 }),
  })
  expect(notFinite(report)).toEqual([])
  expect(report.checks.find(({ id }) => id === 'clicklessLists')!.estimate.value).toBeNull()
})
