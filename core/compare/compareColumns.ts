import type { RunRow } from '../contract/runs.ts'
import type { RunSummary } from '../run/summary.ts'
import { meanTest } from '../stats/meanTest.ts'
import { adjustFamily } from '../stats/multiplicity.ts'

/** What runs are compared by: one number of each run's summary. */
export const compareMetrics = {
  delta: ({ delta }: RunSummary) => delta.value,
  ctr: ({ arms }: RunSummary) => arms.find(({ id }) => id === 'served')?.ctr.value ?? null,
  effectiveItems: (summary: RunSummary) => summary.effectiveItems,
  cost: ({ explorationCost, impressions }: RunSummary) =>
    explorationCost.value === null || impressions === 0
      ? null
      : (1000 * explorationCost.value) / impressions,
  overlap: ({ meanOverlap }: RunSummary) => meanOverlap,
} satisfies Record<string, (summary: RunSummary) => number | null>

export type CompareMetric = keyof typeof compareMetrics
export const compareMetricIds = Object.keys(compareMetrics) as CompareMetric[]

/** One column of a comparison: a run, or the seeds of one configuration as replicates. */
export interface CompareColumn {
  readonly key: string // 'run 12' or 'experiment 3'
  readonly name: string
  readonly runs: readonly RunRow[] // at least one; grouped: one for each seed
}

/** A number over replicates. The interval is Student's over seeds; with one seed it is the run's own. */
export interface CompareValue {
  readonly value: number | null
  readonly sd: number | null
  readonly low: number | null
  readonly high: number | null
  readonly n: number // seeds
}

/**
 * Columns in the order of the runs; a configuration stands where its first run does. A seed that was run
 * again is no replicate, as it gives the same numbers: the run that has come furthest stands for it.
 */
export function compareColumns(runs: readonly RunRow[], grouped: boolean): CompareColumn[] {
  const columns = new Map<string, { key: string; name: string; runs: RunRow[] }>()
  for (const run of runs) {
    const key = grouped ? `experiment ${run.experiment}` : `run ${run.id}`
    const column = columns.get(key)
    if (!column) {
      columns.set(key, { key, name: run.name, runs: [run] })
      continue
    }
    const same = column.runs.findIndex(({ seed }) => seed === run.seed)
    if (same < 0) column.runs.push(run)
    else if (run.done > column.runs[same]!.done) column.runs[same] = run
  }
  return [...columns.values()]
}

const numbers = (runs: readonly RunRow[], metric: CompareMetric): number[] =>
  runs.flatMap(({ summary }) => {
    const value = summary && compareMetrics[metric](summary)
    return value === null ? [] : [value]
  })

/** Mean of a metric over the seeds of a column, with its 95 % interval. */
export function columnValue({ runs }: CompareColumn, metric: CompareMetric): CompareValue {
  const values = numbers(runs, metric)
  const { mean, sd, interval, n } = meanTest(values, 0, 0.05)
  if (n !== 1) {
    return { value: mean, sd, low: interval?.low ?? null, high: interval?.high ?? null, n }
  }
  const own = runs.find(({ summary }) => summary)!.summary!
  const estimate =
    metric === 'delta'
      ? own.delta
      : metric === 'ctr'
        ? own.arms.find(({ id }) => id === 'served')?.ctr
        : null
  return { value: mean, sd: null, low: estimate?.low ?? null, high: estimate?.high ?? null, n }
}

/** A column less the baseline, paired by the seeds that both have. */
export interface Against {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly seeds: number // that both have
  /** Still excludes 0 after Benjamini–Hochberg over the family of columns. */
  readonly stands: boolean
}

/**
 * Differences to the baseline. Runs of one seed meet the same users and click coins, so that their
 * difference is paired; from two common seeds on it has Student's interval. The columns against the
 * baseline are one family, corrected by Benjamini–Hochberg at 5 %.
 */
export function againstBaseline(
  columns: readonly CompareColumn[],
  baseline: CompareColumn,
  metric: CompareMetric,
): Against[] {
  const tests = columns.map((column) => {
    if (column === baseline) return null
    const pairs = commonSeeds(column, baseline).flatMap(([one, other]) => {
      const [a] = numbers([one], metric)
      const [b] = numbers([other], metric)
      return a === undefined || b === undefined ? [] : [a - b]
    })
    return meanTest(pairs, 0, 0.05)
  })
  const family = tests.flatMap((test, i) => (test?.p == null ? [] : [{ i, p: test.p }]))
  const adjusted = adjustFamily(
    family.map(({ p }) => p),
    'bh',
    0.05,
  )
  const stands = new Set(family.filter((_, i) => adjusted.reject[i]).map(({ i }) => i))
  return tests.map((test, i) => ({
    value: test?.mean ?? null,
    low: test?.interval?.low ?? null,
    high: test?.interval?.high ?? null,
    seeds: test?.n ?? 0,
    stands: stands.has(i),
  }))
}

/** Pairs of runs with the same seed, one of each column. */
function commonSeeds(one: CompareColumn, other: CompareColumn): (readonly [RunRow, RunRow])[] {
  const bySeed = new Map(other.runs.map((run) => [run.seed, run]))
  return one.runs.flatMap((run) => {
    const pair = bySeed.get(run.seed)
    return pair ? [[run, pair] as const] : []
  })
}

/** Share of common seeds in which the first has more of a metric; ties count half. Null without any. */
export function winRate(
  one: CompareColumn,
  other: CompareColumn,
  metric: CompareMetric,
): { readonly share: number | null; readonly seeds: number } {
  const wins = commonSeeds(one, other).flatMap(([a, b]) => {
    const [x] = numbers([a], metric)
    const [y] = numbers([b], metric)
    return x === undefined || y === undefined ? [] : [x > y ? 1 : x === y ? 0.5 : 0]
  })
  const sum = wins.reduce<number>((total, win) => total + win, 0)
  return { share: wins.length === 0 ? null : sum / wins.length, seeds: wins.length }
}
