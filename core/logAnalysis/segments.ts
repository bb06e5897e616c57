import type { LogFacts } from '#core/dataset/kinds/interleaving'
import type { Category } from '#core/dataset/kinds/feature'
import type { AnalysisSpec } from '#core/experimentSpec'
import type { Family } from '#core/run/summary'
import type { Estimate } from '#core/run/summary'
import type { ComparisonPlan } from '#core/run/voteTally'
import { correctionOf, rejectedBy } from '#core/stats/correction'
import { engines } from '#core/stats/engine/index'
import type { SequentialEngine } from '#core/stats/engine/engine'
import { moved } from '#core/stats/interval'
import { LogError } from './logError.ts'

/** Δ of the users of one segment; their number decides which values are named. */
interface SegmentRow {
  readonly column: string
  readonly value: string | null // null: all rarer values together
  readonly delta: Estimate
  readonly rejected: boolean // Δ = 0, after the correction over all rows
}

export interface Segments {
  readonly rows: readonly SegmentRow[]
  readonly family: Omit<Family, 'rejected'>
}

/** Values of a column that get a row of their own; the others share one. */
const mostValues = 12

/**
 * The preference of the users of each segment, by the locked engine. A user belongs to the segment
 * of the first list: what is known before the experiment can act on it.
 */
export class SegmentTally {
  readonly #columns: readonly SegmentColumn[]
  readonly #analysis: AnalysisSpec

  /**
   * @param kept impressions that stay in
   * @throws LogError for a column that the log does not have
   */
  constructor(
    log: LogFacts,
    kept: Uint8Array,
    names: readonly string[],
    plan: ComparisonPlan,
    analysis: AnalysisSpec,
  ) {
    this.#analysis = analysis
    this.#columns = names.map((name) => {
      const column = log.segments.find((segment) => segment.name === name)
      if (column) return segmentColumn(log, kept, column, plan)
      const known = log.segments.map((segment) => segment.name).join(', ') || 'there are none'
      throw new LogError('segments', `"${name}" is not a segment of the log (${known})`)
    })
  }

  /** @param score of the closed user in [0, 1], @param sign as the beta-binomial engine takes it */
  closeUser(user: number, score: number, sign: number): void {
    for (const { rowOf, engines: all, sums } of this.#columns) {
      const row = rowOf[user]!
      if (row < 0) continue
      all[row]!.add(this.#analysis.engine === 'betaBinomial' ? sign : score)
      sums[row]! += score
    }
  }

  finish(): Segments | null {
    if (this.#columns.length === 0) return null
    const { engine, errorRate, correction } = this.#analysis
    const all = this.#columns.flatMap(({ engines: each }) => each)
    for (const one of all) one.finish()
    const method = correctionOf(correction, engines[engine].anytime)
    const members = all.map((one) => ({ logE: one.logE(), p: one.pValue() }))
    const rejected = rejectedBy(method, members, errorRate)
    let at = 0
    const rows = this.#columns.flatMap(({ name, values, engines: each, sums }) =>
      each.map((one, row) => ({
        column: name,
        value: values[row] ?? null,
        delta: estimate(one, sums[row]!),
        rejected: rejected[at++]!,
      })),
    )
    return { rows, family: { method, size: all.length, errorRate } }
  }
}

interface SegmentColumn {
  readonly name: string
  readonly values: readonly (string | null)[]
  readonly rowOf: Int32Array // [users], −1 without a value
  readonly engines: readonly SequentialEngine[]
  readonly sums: Float64Array
}

function segmentColumn(
  log: LogFacts,
  kept: Uint8Array,
  { name, code, names }: Category,
  plan: ComparisonPlan,
): SegmentColumn {
  const codeOf = new Int32Array(log.users).fill(-1)
  const users = new Int32Array(names.length)
  for (let i = 0; i < log.impressions; i++) {
    const user = log.user[i]!
    if (kept[i] === 0 || code[i]! < 0 || codeOf[user]! >= 0) continue
    codeOf[user] = code[i]!
    users[code[i]!]!++
  }
  const common = names
    .map((_, value) => value)
    .filter((value) => users[value]! > 0)
    .sort((a, b) => users[b]! - users[a]! || a - b)
  const named = common.slice(0, mostValues)
  const values: (string | null)[] = named.map((value) => names[value]!)
  const rowOfCode = new Int32Array(names.length).fill(named.length)
  named.forEach((value, row) => (rowOfCode[value] = row))
  if (common.length > named.length) values.push(null)
  return {
    name,
    values,
    rowOf: codeOf.map((value) => (value < 0 ? -1 : rowOfCode[value]!)),
    engines: values.map(() => engines[plan.locked].create(plan)),
    sums: new Float64Array(values.length),
  }
}

function estimate(engine: SequentialEngine, sum: number): Estimate {
  const { n } = engine
  if (n === 0) return { value: null, low: null, high: null, n, reason: 'noVotes' }
  const value = sum / n - 0.5
  const interval = engine.interval()
  if (!interval) return { value, low: null, high: null, n, reason: 'notEstimable' }
  return { value, ...moved(interval, 0.5), n }
}
