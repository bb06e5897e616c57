import type { Estimate, RunSummary } from '#core/run/summary'
import { proportionInterval } from '#core/stats/proportionInterval'
import { coverageRounds, type CoveredId, type Coverage } from './logsCoverage.ts'
import { ratioPower, type Planted } from './logsPlanted.ts'
import type { RealLog } from './logsReal.ts'

interface Figures {
  readonly covered: readonly Coverage[]
  readonly found: readonly Planted[]
  readonly real: readonly RealLog[]
  readonly seeds: number
}

/** Estimators whose expectation is the value whatever the reward model says … */
const unbiased: readonly CoveredId[] = [
  'ips',
  'dr',
  'liReplay',
  'slate standard',
  'slate independent',
  'slate cascade',
]
/** … or comes to it as the log grows; Switch-DR where no weight is above τ, as here. */
const consistent: readonly CoveredId[] = ['snips', 'sndr', 'switchDr']
const aimed: ReadonlySet<CoveredId> = new Set([...unbiased, ...consistent])

export function logsPage({ covered, found, real, seeds }: Figures): string {
  const misses = covered.filter(
    ({ id, covered: n, repetitions }) => aimed.has(id) && n < 0.9 * repetitions,
  )
  return [
    '# Logged traffic: what its analysis can be trusted with',
    '',
    'Written by `npm run study:logs`. Rates stand with their 95 % Wilson interval.',
    '',
    '## Off-policy intervals',
    '',
    `Logs of ${coverageRounds} decisions among four actions in two contexts, by a policy that shows the worst action most; the evaluated policy shows the best one most, so that its value is known. Logistic reward model, 400 bootstrap samples of users, M = τ = λ = 10, which the weights do not reach. Li’s replay on uniform logs of the same size; those of whole lists on ${coverageRounds / 2} lists of two, whose value is the sum of both. The aim is at least 90 % for the estimators that are unbiased, or become so as the log grows: ${misses.length === 0 ? 'it is met by all of them' : `it is missed by ${misses.map(({ id }) => id).join(', ')}`}. The direct method and optimistic shrinkage lean on the reward model, whose own error no resampling of users shows: their intervals are too narrow, and are there beside the others.`,
    '',
    ...table(
      ['estimator', 'by its law', '95 % intervals that hold the truth', 'bias', 'mean width'],
      covered.map(({ id, covered: n, repetitions, bias, width }) => [
        id,
        unbiased.includes(id) ? 'unbiased' : consistent.includes(id) ? 'consistent' : 'biased',
        share(n, repetitions),
        signed(bias, 4),
        width.toFixed(4),
      ]),
    ),
    '## Planted faults',
    '',
    'The same check on the same logs with and without the fault. A check warns or blocks; one that blocks leaves no verdict.',
    '',
    ...table(
      ['fault', 'check', 'found', 'blocked', 'found by theory', 'false alarms', 'false blocks'],
      found.map((row) => [
        row.fault,
        `\`${row.check}\``,
        share(row.found, row.repetitions),
        share(row.blocked, row.repetitions),
        row.power === null ? '' : percent(row.power),
        share(row.falseAlarms, row.repetitions),
        share(row.falseBlocks, row.repetitions),
      ]),
    ),
    '### How large a mismatch has to be',
    '',
    'A sample-ratio test warns at p < 0.01. Its exact power against a split that has lost a share of one side’s users, by the users that entered: a loss is found for certain once it is three or four standard errors, and no test of the same counts finds a smaller one more often. A list log has one lead per user (`firstListLead`) and many picks per user (`firstPickFairness`), which see smaller losses of lists.',
    '',
    ...table(
      ['lost of B', ...entered.map((n) => `${n.toLocaleString('en')} users`)],
      [0.05, 0.1, 0.2, 1 / 3, 0.5].map((lost) => [
        percent(lost),
        ...entered.map((n) => percent(ratioPower(Math.round(n * (1 - lost / 2)), 1 / (2 - lost)))),
      ]),
    ),
    '## Public logs',
    '',
    real.length === 0
      ? 'Not at hand on the machine that wrote this page.'
      : `Imported and run by a host with job processes, up to ${seeds} seeds each. Δ is the user-level preference for the first side with its 95 % confidence sequence; clicks per shown item are expected ones. A logged list can not show what was never logged: nothing here credits exploration of other items.`,
    '',
    ...real.flatMap(realSection),
  ].join('\n')
}

function realSection({ name, rows, note, runs, trained, replays }: RealLog): string[] {
  return [
    `### ${name}`,
    '',
    [`${rows.toLocaleString('en')} rows.`, ...(note === null ? [] : [note])].join(' '),
    '',
    ...table(
      ['run', 'seed', 'lists', 'users', 'Δ (95 %)', 'verdict', 'health', 'clicks per item'],
      runs.flatMap(({ what, summaries }) =>
        summaries.map((summary, i) => [
          what,
          String(i + 1),
          String(summary.impressions),
          String(summary.users),
          estimate(summary.delta, 3),
          summary.verdict.state,
          worst(summary),
          arms(summary),
        ]),
      ),
    ),
    'A DRN network trained on the earlier part of it alone (`train drn --on`), then frozen; clicks per shown item on the rest, expected ones with their 95 % interval over users:',
    '',
    ...table(
      ['seed', 'lists', ...trainedArms],
      trained.map((summary, i) => [
        String(i + 1),
        String(summary.impressions),
        ...trainedArms.map((id) => {
          const arm = summary.arms.find((one) => one.id === id)
          return arm ? level(arm.ctr, 4) : '–'
        }),
      ]),
    ),
    ...(replays.length === 0
      ? []
      : [
          'What other policies would have earned, by off-policy evaluation:',
          '',
          ...table(
            ['policy', 'IPS', 'SNIPS', 'DR', 'effective sample', 'alarms'],
            replays.map(({ what, report }) => [
              what,
              ...(['ips', 'snips', 'dr'] as const).map((id) =>
                level(
                  report.estimates.find((row) => row.id === id)!,
                  5,
                ),
              ),
              `${Math.round(report.weights.ess)} of ${report.rounds}`,
              report.alarms
                .filter(({ level }) => level !== 'ok')
                .map(({ id, level }) => `${id} (${level})`)
                .join(', ') || 'none',
            ]),
          ),
        ]),
  ]
}

const trainedArms = ['q', 'random', 'popularity', 'staticBest', 'oracle'] as const

/** The arms that say what the verdict is about. */
function arms({ arms: all }: RunSummary): string {
  return all
    .filter(({ id }) => ['random', 'popularity', 'q', 'served', 'oracle'].includes(id))
    .map(({ id, ctr }) => `${id} ${ctr.value === null ? '–' : ctr.value.toFixed(4)}`)
    .join(', ')
}

const entered = [400, 1000, 4000, 20_000]

const worst = ({ health }: RunSummary): string =>
  health
    .filter(({ level }) => level !== 'ok')
    .map(({ id, level }) => `${id} (${level})`)
    .join(', ') || 'ok'

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line), '']
}

const percent = (x: number): string => `${(100 * x).toFixed(1)} %`

function share(k: number, n: number): string {
  const { low, high } = proportionInterval.wilson(k, n, 0.05)
  return `${percent(k / n)} (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`
}

const signed = (x: number, digits: number): string =>
  `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(digits)}`

const unsigned = (x: number, digits: number): string =>
  `${x < 0 ? '−' : ''}${Math.abs(x).toFixed(digits)}`

/** A difference, with its sign. */
const estimate = (of: Estimate, digits: number) => written(of, (x) => signed(x, digits))

/** A rate or a value. */
const level = (of: Estimate, digits: number) => written(of, (x) => unsigned(x, digits))

function written({ value, low, high }: Estimate, number: (x: number) => string): string {
  if (value === null) return '–'
  if (low === null || high === null) return number(value)
  return `${number(value)} (${number(low)} to ${number(high)})`
}
