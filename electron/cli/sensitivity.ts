import { readFile } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { decodeRatings } from '#core/dataset/ratingsTable'
import type { ExperimentSpec } from '#core/experimentSpec'
import { formatInteger, formatInterval, formatNumber, formatPercent } from '#core/format'
import { measureSensitivity, type Sensitivity } from '#core/run/sensitivity'
import type { PooledRatio } from '#core/stats/sensitivity'
import { chooseBackend } from '../worker/tfBackend.ts'
import { ndjson } from './ndjson.ts'
import type { Terminal } from './terminal.ts'
import { textTable } from './textTable.ts'
import { UsageError } from './usageError.ts'

/**
 * Interleaving against an A/B test on the same simulated world, in this process.
 * @param dataset path of the ratings that the spec names; null for a generated world
 * @returns the exit code
 * @throws UsageError for a spec without exactly two rankers
 */
export async function sensitivity(
  spec: ExperimentSpec,
  dataset: string | null,
  command: { readonly seed: number; readonly seeds: number; readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  if (spec.rankers.length !== 2) {
    throw new UsageError(
      `sensitivity compares two rankers, but rankers has ${spec.rankers.length} entries; try the sample ddqn-vs-popularity`,
    )
  }
  const model = spec.rankers.findIndex(({ kind }) => kind === 'model')
  if (model >= 0) {
    throw new UsageError(
      `rankers.${model} is a saved model, which sensitivity does not load; run the spec as a duel and as a split instead`,
    )
  }
  const { ops } = await chooseBackend()
  const ratings = dataset === null ? null : decodeRatings(await readFile(dataset))
  const seeds = Array.from({ length: command.seeds }, (_, i) => command.seed + i)
  let told = 0
  for await (const step of measureSensitivity({ spec, seeds, ops, ratings })) {
    if (step.type === 'finished') {
      terminal.out(command.json ? ndjson(step.result) : describe(step.result))
      continue
    }
    const tenth = Math.floor(10 * step.share)
    if (tenth === told) continue
    told = tenth
    terminal.err(`${formatPercent(tenth / 10, 0)}\n`)
    await nextTurn() // so that an interrupt is heard
  }
  return 0
}

function describe({ abMetric, seeds, pairs, byEvidence, bySign }: Sensitivity): string {
  const rows = pairs.map((pair, i) => [
    String(seeds[i]),
    formatNumber(pair.zInterleaving, 2),
    formatInteger(pair.nInterleaving),
    formatNumber(pair.zAb, 2),
    formatInteger(pair.nAb),
    formatNumber(byEvidence.ratios[i] ?? null, 1),
    formatNumber(bySign.ratios[i] ?? null, 1),
  ])
  return [
    `Interleaving against an A/B test on ${abMetric}: how many times fewer impressions it needs\n`,
    textTable([
      ['R by evidence, (z²/n) / (z²/n)', ratioText(byEvidence)],
      ['R by the right sign in 95 % of draws', ratioText(bySign)],
    ]),
    textTable([['seed', 'z duel', 'n', 'z split', 'n', 'R z', 'R sign'], ...rows]),
  ].join('\n')
}

function ratioText({ pooled, interval, ratios }: PooledRatio): string {
  const usable = ratios.filter((ratio) => ratio !== null).length
  const of = `${formatInteger(usable)} of ${formatInteger(ratios.length)} seeds`
  if (pooled === null) return `not estimable (${of})`
  const between = interval ? formatInterval(interval.low, interval.high, 'en', 1) : 'no interval'
  return `${formatNumber(pooled, 1)} (${between}), ${of}`
}
