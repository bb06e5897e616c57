import { formatInteger, formatNumber, formatPercent } from '#core/format'
import type { CalibrationReport } from '#core/stats/calibration'
import type { PreferenceTest } from '#core/stats/calibration/falsePositives'
import { proportionInterval } from '#core/stats/proportionInterval'
import type { PeekedMethod } from './peekedRuns.ts'
import type { PlannedPower } from './plannedPower.ts'

export interface CalibrationStudy {
  readonly report: CalibrationReport
  readonly looks: number
  readonly peeked: readonly PeekedMethod[]
  readonly power: readonly PlannedPower[]
  readonly powerRuns: number
}

const tests: Readonly<Record<PreferenceTest, string>> = {
  impressionZ: 'z of all votes, one look at the end',
  impressionEProcess: 'beta-binomial e-process over votes, after every user',
  clusterRobustT: 'user-clustered t with G − 1 degrees of freedom, one look at the end',
  clusteredRatioT: 'user-clustered t as results show it (CR2, Satterthwaite), one look at the end',
  userMeanT: "t of the users' mean votes, one look at the end",
  userSumT: "t of the users' vote sums, one look at the end",
  betting: '**betting** (default), after every user',
  betaBinomial: 'beta-binomial on user signs, after every user',
  asymptotic: 'asymptotic, after every user',
  fixedUserT: 'fixed user t, its one look',
}

const peekedNames: Readonly<Record<PeekedMethod['id'], (looks: number) => string>> = {
  betting: () => '**betting** (default), after every user',
  betaBinomial: () => 'beta-binomial on user signs, after every user',
  asymptotic: () => 'asymptotic, after every user',
  fixedUserT: () => 'fixed user t, its one look',
  impressionZ: (looks) => `naive: z of all votes, ${looks} looks`,
  userT: (looks) => `naive: user t, ${looks} looks`,
}

/** The largest share that α allows in so many runs: three binomial standard errors above it. */
export const allowed = (alpha: number, runs: number): number =>
  alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / runs)

/** What the study found, as docs/study-calibration.md. */
export function calibrationPage(study: CalibrationStudy): string {
  const { report, looks, peeked, power } = study
  const { runs, alpha, seed } = report.size
  const share = (k: number): string => {
    const { low, high } = proportionInterval.wilson(k, runs, 0.05)
    return `${formatPercent(k / runs)} (${formatPercent(low)} to ${formatPercent(high)})`
  }
  const limit = formatPercent(allowed(alpha, runs), 2)
  const floor = formatPercent(1 - allowed(alpha, runs), 2)
  const populations = ['clustered', 'sparse', 'soft'] as const
  const rateOf = (id: PreferenceTest, population: (typeof populations)[number]) =>
    report.falsePositives[population].find(({ test }) => test === id)!.rate
  const marked = (rate: number): string =>
    `${formatPercent(rate)}${rate > allowed(alpha, runs) ? ' †' : ''}`
  const { stopping, clustered } = report
  return `# Calibration of the inference

Written by \`npm run study:calibration\`: ${formatInteger(runs)} runs of each kind, α ${formatPercent(alpha, 0)}, seed ${seed}. Users are
simulated with a known preference; no network is trained. Brackets hold 95 % Wilson intervals.

## Peeking at nothing

The clustered A/A of the specification: tastes Beta(2, 2), 300 users, 1 to 9 votes each, no preference.
A method that keeps its level finds something in at most ${limit} of the runs (α + 3 standard errors).

| method | finds a preference | intervals hold Δ = 0 at all looks |
|---|---|---|
${peeked
  .map(
    ({ id, found, covered }) =>
      `| ${peekedNames[id](looks)} | ${share(found)} | ${covered === null ? '' : share(covered)} |`,
  )
  .join('\n')}

## Other traffic, and other wrong units

Sparse: half of the lists without a vote, 40 % ties, Zipf(1.7) activity. Soft: the same with vote values as
probabilistic interleaving gives them. Few heavy users cast many of the votes there, so that taking votes
for independent goes wrong more often still, and the textbook's clustered t, which takes 300 users for 300
independent parts, is shaken as well; the secondary analysis of a result therefore uses the bias-reduced
variance with Satterthwaite's degrees of freedom. A rate above ${limit} is marked with †.

| method | clustered | sparse | soft |
|---|---|---|---|
${(Object.keys(tests) as PreferenceTest[])
  .map((id) => `| ${tests[id]} | ${populations.map((at) => marked(rateOf(id, at))).join(' | ')} |`)
  .join('\n')}

## Coverage at all looks

Share of runs whose interval held the true Δ after every single user; at least ${floor} is asked for.

| Δ | betting | asymptotic | fixed user t (one look) |
|---|---|---|---|
${report.coverage
  .map(
    ({ delta, betting, asymptotic, fixedUserT }) =>
      `| ${formatNumber(delta, 2)} | ${[betting, asymptotic, fixedUserT].map((x) => formatPercent(x)).join(' | ')} |`,
  )
  .join('\n')}

The intervals of the secondary, impression-level analysis with 60 users: cluster-robust
${formatPercent(clustered.clusterRobust)}, bootstrap percentile ${formatPercent(clustered.percentile)}, BCa ${formatPercent(clustered.bca)}.

## What safety costs: stopping at Δ = 0.05

With at most 1,000 users. A t test with one planned look needs ${formatInteger(stopping.betting.fixedUsers)} users for power 80 %, if Δ is known.

| engine | decides | mean users at the decision | wrong side, of the decisions |
|---|---|---|---|
${Object.entries(stopping)
  .map(
    ([id, { power: decided, meanUsers, wrongSide }]) =>
      `| ${id} | ${formatPercent(decided)} | ${formatInteger(meanUsers)} | ${formatPercent(wrongSide)} |`,
  )
  .join('\n')}

## Power at the planned n

Decisive votes by the planner's exact search, ${formatInteger(study.powerRuns)} runs each. The planned n is
the smallest from which the exact power stays at the plan or above for 60 sizes in a row; as it goes up
and down with n, the power at the n itself lies up to about 2 points above the plan. Simulated and
exact power may differ by 2 points.

| p | planned n | planned power | exact | simulated |
|---|---|---|---|---|
${power
  .map(
    ({ p, n, planned, exact, simulated }) =>
      `| ${p} | ${formatInteger(n)} | ${formatPercent(planned)} | ${formatPercent(exact)} | ${formatPercent(simulated)} |`,
  )
  .join('\n')}

A fair 2-arm split that is looked at on 30 days raises the sample-ratio alarm in
${formatPercent(report.sampleRatioAlarms)} of the runs.
`
}

/** What the study must show; each sentence that does not hold. */
export function violations({ report, peeked, power }: CalibrationStudy): string[] {
  const { runs, alpha } = report.size
  const limit = allowed(alpha, runs)
  const problems: string[] = []
  for (const { id, naive, found, covered } of peeked) {
    const rate = found / runs
    if (!naive && rate > limit) problems.push(`${id} finds a preference in ${rate} of A/A runs`)
    if (naive && rate <= limit) problems.push(`${id} is said to be naive, but finds only ${rate}`)
    if (!naive && covered !== null && covered / runs < 1 - limit) {
      problems.push(`${id} covers in ${covered / runs} of the runs`)
    }
  }
  for (const { delta, betting, asymptotic } of report.coverage) {
    if (betting < 1 - limit) problems.push(`betting covers Δ ${delta} in ${betting} of the runs`)
    if (asymptotic < 1 - limit) {
      problems.push(`asymptotic covers Δ ${delta} in ${asymptotic} of the runs`)
    }
  }
  for (const { p, planned, exact, simulated } of power) {
    if (exact < planned || Math.abs(simulated - exact) > 0.02) {
      problems.push(`power at p ${p} is ${simulated}, exact ${exact}, planned ${planned}`)
    }
  }
  return problems
}
