import type { RunDetail } from '#core/contract/runs'
import { ExperimentSpec } from '#core/experimentSpec'
import type { ReportInput } from '#core/report/reportInput'
import type { UpdateEvent } from '#core/run/batch'
import { pointIndex, pointWidth, type PointMetric } from '#core/run/point'
import type { Arm, RunSummary } from '#core/run/summary'

/** A finished run of Q against Q̃ in plausible numbers; `change` overrides parts of the summary. */
export function summaryFixture(change: Partial<RunSummary> = {}): RunSummary {
  const arm = (id: Arm['id'], value: number): Arm => ({
    id,
    ctr: { value, low: value - 0.006, high: value + 0.006, n: 498 },
    ndcg: id === 'q' ? { value: 0.412, low: 0.4, high: 0.424, n: 498 } : null,
    precision: id === 'q' ? { value: 0.31, low: 0.3, high: 0.32, n: 498 } : null,
  })
  return {
    engineVersion: '1',
    backend: 'wasm',
    impressions: 40_664,
    users: 3300,
    usersVoting: 3204,
    outcomes: { a: 6076, b: 7238, tie: 3338, noVote: 24_012, identical: 2447 },
    clicks: 31_022,
    delta: { value: -0.0391, low: -0.0512, high: -0.0143, n: 3204 },
    logE: 8.3045,
    decidedAtUser: 1406,
    otherEngines: [
      { id: 'asymptotic', estimate: { value: -0.0391, low: -0.0551, high: -0.0231, n: 3204 } },
      { id: 'fixedUserT', estimate: { value: -0.0391, low: -0.0499, high: -0.0285, n: 3204 } },
      {
        id: 'betaBinomial',
        estimate: { value: null, low: null, high: null, n: 0, reason: 'notEstimable' },
      },
    ],
    deltaImpression: { value: -0.0349, low: -0.0441, high: -0.0257, n: 3204 },
    designEffect: 1.31,
    signTest: { p: 0.00004, winsA: 1208, winsB: 1501, unit: 'user' },
    verdict: { state: 'bBetter', reason: null, usersStillNeeded: null, differenceExists: true },
    health: [
      { id: 'firstPickFairness', level: 'ok', value: 0.541, kind: 'p', limit: 0.01, n: 40_664 },
      { id: 'positionTeam', level: 'ok', value: 0.22, kind: 'p', limit: 0.01, n: 406_640 },
      { id: 'noVoteByCoin', level: 'ok', value: 0.31, kind: 'p', limit: 0.01, n: 40_664 },
      { id: 'dilution', level: 'warn', value: 0.271, kind: 'share', limit: 0.3, n: 406_640 },
      { id: 'heavyUsers', level: 'ok', value: 0.08, kind: 'share', limit: 0.2, n: 3204 },
      { id: 'duplicates', level: 'ok', value: 0, kind: 'count', limit: 0, n: 40_664 },
    ],
    arms: [
      arm('served', 0.137),
      arm('q', 0.136),
      arm('explore', 0.139),
      arm('random', 0.061),
      arm('popularity', 0.101),
      arm('staticBest', 0.104),
      arm('untrained', 0.118),
      arm('oracle', 0.31),
    ],
    explorationCost: { value: 157.3, low: 96.1, high: 220.9, n: 3300 },
    updates: { won: 410, lost: 390, tied: 13, void: 4, major: 203, guard: 0 },
    normRatio: 1.043,
    meanOverlap: 0.73,
    effectiveItems: 412.7,
    digest: '5'.repeat(64),
    ...change,
  }
}

export const specFixture = ExperimentSpec.parse({
  name: 'Wider exploration, α 0.10',
  hypothesis: 'Does doubling the exploration coefficient find better items without costing clicks?',
  environment: { kind: 'ratings', dataset: 'Movies' },
  traffic: { users: 3300 },
})

export function detailFixture(change: Partial<RunDetail> = {}): RunDetail {
  const summary = summaryFixture()
  return {
    id: 142,
    experiment: 12,
    parent: 9,
    name: specFixture.name,
    seed: 20_264,
    state: 'finished',
    reason: null,
    done: summary.impressions,
    total: summary.impressions,
    createdAt: '2026-03-14T09:26:53.000Z',
    finishedAt: '2026-03-14T09:31:02.000Z',
    tags: [],
    archived: false,
    pinned: false,
    summary,
    spec: specFixture,
    specHash: 'ab'.repeat(32),
    backend: { name: 'wasm', ops: 'simd', rejected: [], versions: { tfjs: '4.22.0' } },
    dataset: {
      name: 'Movies',
      kind: 'ratings',
      hash: '4be1c09'.padEnd(64, '0'),
      path: '/secret/place/x.ratings',
      users: 943,
      items: 1682,
      rows: 100_000,
      minRating: 1,
      maxRating: 5,
      histogram: [{ rating: 5, count: 100_000 }],
      hasTime: true,
      source: 'u.data',
      bytes: 2_000_000,
    },
    commandLine: 'duelist run spec.json --seed 20264',
    ...change,
  }
}

/** Points of a run whose interval tightens and leaves 0 on the side of B. Rows × pointWidth. */
function pointsFixture(rows = 120): Float64Array {
  const points = new Float64Array(rows * pointWidth).fill(Number.NaN)
  for (let i = 0; i < rows; i++) {
    const set = (metric: PointMetric, value: number) =>
      (points[i * pointWidth + pointIndex[metric]] = value)
    const share = (i + 1) / rows
    const wobble = Math.sin(i / 5) * 0.01 * (1 - share)
    const half = 0.5 / Math.sqrt(1 + 600 * share)
    set('impressions', Math.round(40_664 * share))
    set('users', Math.round(3300 * share))
    set('winsA', Math.round(6076 * share))
    set('winsB', Math.round(7238 * share))
    set('ties', Math.round(3338 * share))
    set('noVotes', Math.round(24_012 * share))
    if (i > 0) {
      set('delta', -0.0391 + wobble)
      set('low', -0.0391 + wobble - half)
      set('high', -0.0391 + wobble + half)
    }
    set('logE', 9 * share - 1)
    set('ctrA', 0.118 + 0.018 * Math.sqrt(share) + wobble / 4)
    set('ctrB', 0.116 + 0.023 * Math.sqrt(share) - wobble / 4)
    set('ctrServed', 0.117 + 0.02 * Math.sqrt(share))
    set('ctrRandom', 0.061 + wobble / 10)
    set('ctrPopularity', 0.101)
    set('ctrStatic', 0.104 - wobble / 5)
    set('ctrUntrained', 0.118 + wobble / 8)
    set('ctrOracle', 0.31)
    set('explorationCost', 157 * share)
  }
  return points
}

const updatesFixture: readonly UpdateEvent[] = Array.from({ length: 120 }, (_, i) => ({
  kind: i % 5 === 4 ? 'major' : 'minor',
  impression: 338 * (i + 1),
  result: i % 5 === 4 ? 'trained' : i % 2 ? 'applied' : 'refused',
  creditA: 40 - (i % 7),
  creditB: 38 + (i % 5),
  stepNorm: 0.01 + i / 10_000,
  normRatio: 1 + i / 3000,
  loss: i % 5 === 4 ? 0.04 - i / 5000 : Number.NaN,
  entropy: Number.NaN,
}))

export function inputFixture(change: Partial<ReportInput> = {}): ReportInput {
  return {
    run: detailFixture(),
    points: pointsFixture(),
    updates: updatesFixture,
    language: 'en',
    format: 'html',
    appVersion: '0.1.0',
    ...change,
  }
}
