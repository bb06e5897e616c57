import type { ExperimentSpec } from '#core/experimentSpec'
import type { RunSummary } from '#core/run/summary'
import {
  judge,
  measured,
  overall,
  type Expectation,
  type Judgement,
  type JudgedExpectation,
} from '#core/samples/questions/expectation'
import { questions, type QuestionId } from '#core/samples/questions/index'
import { playedHash } from '#core/samples/questions/playedHash'
import { seedInterval } from '#core/stats/seedInterval'
import { questions as words } from '../../renderer/locales/questions.en.ts'

export interface PlayedQuestion {
  readonly id: QuestionId
  readonly seeds: readonly number[]
  readonly parts: readonly JudgedExpectation[]
}

type SummaryOf = (spec: ExperimentSpec, seed: number) => RunSummary

export function playedQuestion(
  id: QuestionId,
  seeds: readonly number[],
  of: SummaryOf,
): PlayedQuestion {
  const { runs, expected } = questions[id]
  const valuesOf = (name: string, measure: Expectation['measure']) => {
    const spec = runs.find((run) => run.name === name)
    if (!spec) throw new RangeError(`the question ${id} has no run "${name}"`)
    return seeds.map((seed) => measured(of(spec, seed), measure))
  }
  return { id, seeds, parts: expected.map((expectation) => judge(expectation, valuesOf)) }
}

/** core/samples/questions/played.ts */
export function playedText(played: readonly PlayedQuestion[]): string {
  const number = (x: number) => Number(x.toPrecision(4))
  const entries = played.map(({ id, seeds, parts }) => {
    const lines = parts.map(
      ({ value, judgement }) =>
        `      { value: { mean: ${number(value.mean)}, half: ${number(value.half)} }, judgement: '${judgement}' },\n`,
    )
    return `  ${id}: {\n    hash: '${playedHash(questions[id])}',\n    seeds: ${seeds.length},\n    parts: [\n${lines.join('')}    ],\n  },\n`
  })
  return `import type { Played } from './expectation.ts'
import type { QuestionId } from './index.ts'

/** What the questions came to; written by \`npm run study:questions\`. */
export const played: Readonly<Record<QuestionId, Played>> = {
${entries.join('')}}
`
}

const grades: Readonly<Record<Judgement, string>> = {
  confirmed: 'Confirmed',
  undecided: 'Undecided',
  refuted: 'Not confirmed',
}

/** docs/study-questions.md */
export function questionsPage(played: readonly PlayedQuestion[], of: SummaryOf): string {
  const seeds = played[0]!.seeds.length
  return `# Questions, played out

Written by \`npm run study:questions\`: the questions of the page Home, each run with seeds 1 to ${seeds} at the
size that one click starts. All runs of a question meet the same users, items and click coins of a seed, so
that ratios are paired. Mean with 95 % t interval over seeds. A statement is confirmed where the whole
interval lies on the stated side, not confirmed where it lies on the other, and undecided between; a question
is confirmed where all of its statements are.

The world is news with a clock (500 users, about 8,000 lists of ten from the newest 50 items). Where a
question does not say otherwise, random lists are clicked in 10 of 100 slots, five times as often as in the
sample \`news\`: so few lists could not tell the runs apart otherwise.

${played.map((question) => section(question, of)).join('\n\n')}

The bounds of the question of bait were fixed after one run with seed 1, which is among these seeds.
The statements are also checked on [seeds that chose nothing](study-questions-fresh.md).

## What this can not show
Each answer holds for this world, these sizes and these settings. Which interest a reader has reaches the
network by what he clicked before, so that drifting tastes ask little of the weights; the
[drift bench](study-drn.md) is the world in which the weights themselves have to follow.
`
}

function section({ id, seeds, parts }: PlayedQuestion, of: SummaryOf): string {
  const { runs } = questions[id]
  const { title, expected: inWords } = words[id]
  const rows = runs.map((spec) => {
    const summaries = seeds.map((seed) => of(spec, seed))
    const arm = (name: string) =>
      percent(
        summaries.map(
          (summary) => summary.arms.find(({ id: own }) => own === name)?.ctr.value ?? null,
        ),
      )
    const norms = summaries.map(({ normRatio }) => Math.log10(normRatio))
    const norm = norms.reduce((sum, x) => sum + x / seeds.length, 0)
    const returns = plain(
      summaries.map(({ behaviour }) => behaviour?.returnsPerDay.value ?? null),
      2,
    )
    return `| ${spec.name} | **${arm('served')}** | ${['random', 'popularity', 'staticBest', 'greedyMf', 'oracle'].map(arm).join(' | ')} | ${Math.abs(norm) > 3 ? `10^${norm.toFixed(1)}` : (10 ** norm).toPrecision(3)} | ${returns} |`
  })
  return `## ${title}
**${grades[overall(parts)]}** · ${inWords}

| run | served | random | popularity | static best | greedy MF | oracle | norm growth | returns a day |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}

${statements(id, parts)}`
}

const statements = (id: QuestionId, parts: PlayedQuestion['parts']): string =>
  parts
    .map((part, i) => {
      const said = statement(questions[id].expected[i]!, part)
      return `- ${said}: **${grades[part.judgement].toLowerCase()}**`
    })
    .join('\n')

/** docs/study-questions-fresh.md */
export function freshPage(played: readonly PlayedQuestion[]): string {
  const sections = played.map(
    ({ id, parts, seeds }) =>
      `## ${words[id].title}\n**${grades[overall(parts)]}** on seeds ${seeds[0]} to ${seeds.at(-1)} · ${words[id].expected}\n\n${statements(id, parts)}\n${remarks[id] ?? ''}`,
  )
  return `# Questions on seeds that chose nothing

Written by \`npm run study:questions -- --seeds 11-20\`: the statements of [the questions](study-questions.md),
whose worlds, sizes and bounds were chosen on seeds 1 to 5, on seeds from 11 on. Mean with 95 % t interval
over seeds, of the paired ratio itself, not of its logarithm; judged as there.

${sections.join('\n')}`
}

/** What a reader has to know of how a question came to its seeds. */
const remarks: Partial<Readonly<Record<QuestionId, string>>> = {
  equalTraffic:
    '\nSeeds 11 to 15 were played first and left the gains over no learning undecided; 16 to 20 were added for that\nreason. The intervals do not pay for the second look.\n',
}

const measures: Readonly<Record<Expectation['measure'], string>> = {
  served: 'clicks',
  overStatic: 'clicks of Q ÷ the best static list',
  normGrowth: 'norm growth',
  returns: 'returns',
}

function statement({ run, measure, than, shape }: Expectation, { value }: JudgedExpectation) {
  const what =
    than === null ? `${measures[measure]}, ${run}` : `${measures[measure]}, ${run} ÷ ${than}`
  const bound =
    shape.kind === 'near'
      ? `within ${shape.bound} of 1`
      : `${shape.kind === 'above' ? '>' : '<'} ${shape.bound}`
  return `${what}: ${show(value.mean)} ± ${show(value.half)}, expected ${bound}`
}

const show = (x: number) => (Math.abs(x) >= 1000 ? x.toExponential(1) : x.toFixed(3))

function plain(values: readonly (number | null)[], digits: number): string {
  const known = values.filter((x) => x !== null)
  if (known.length < 2) return '–'
  const { mean, half } = seedInterval(known)
  return `${mean.toFixed(digits)} ± ${half.toFixed(digits)}`
}

const percent = (values: readonly (number | null)[]) =>
  plain(
    values.map((x) => (x === null ? null : 100 * x)),
    2,
  )
