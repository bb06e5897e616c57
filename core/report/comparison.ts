import type { Language } from '../languages.ts'
import { formatInteger, formatInterval, formatNumber, formatPercentSetting } from '../format.ts'
import type { RunSummary } from '../run/summary.ts'
import { verdictSentence } from '../verdictSentence.ts'
import { bare } from './runQuantities.ts'
import type { Block, Figure, Quantity } from './document.ts'
import type { RunData } from './reportInput.ts'
import { forestChart } from './svg/forest.ts'
import { composedWords } from './words/composed.ts'
import { wordsFor } from './words/contest.ts'
import { reportWords } from './words/index.ts'

/** Characters of a run's name that fit beside its interval. */
const LABEL = 30

type Compared = RunData['run'] & { readonly summary: RunSummary }

/** Runs beside each other: a forest of Δ, the numbers and every verdict. Runs without a result are left out. */
export function comparisonBlocks(
  runs: readonly RunData['run'][],
  language: Language,
): readonly Block[] {
  const judged = runs.filter((run): run is Compared => run.summary !== null)
  if (judged.length === 0) return []
  const say = composedWords[language]
  return [
    { kind: 'figure', figure: deltaForest(judged, language) },
    { kind: 'quantities', quantities: judged.flatMap((run) => quantitiesOf(run, language)) },
    { kind: 'text', text: say.comparisonVerdicts },
    {
      kind: 'facts',
      facts: judged.map((run) => ({
        id: `verdict.run${run.id}`,
        label: reportWords[language].run(run.id),
        value: verdictSentence(run.summary, language).headline,
      })),
    },
  ]
}

function quantitiesOf(run: Compared, language: Language): readonly Quantity[] {
  const say = composedWords[language]
  const words = wordsFor(run.spec, language)
  const { summary } = run
  const named = (label: string) => `${words.run(run.id)}${words.comma}${label}`
  const look = { note: '', decides: false, nUnit: words.units.users }
  const served = summary.arms.find(({ id }) => id === 'served')
  return [
    {
      ...look,
      id: `delta.run${run.id}`,
      label: named(words.quantities.delta),
      estimate: summary.delta,
      unit: words.units.preference,
      digits: 3,
      decides: true,
    },
    ...(served
      ? [
          {
            ...look,
            id: `ctr.run${run.id}`,
            label: named(say.clicks),
            estimate: served.ctr,
            unit: words.units.ctr,
            digits: 3,
          },
        ]
      : []),
    {
      ...look,
      id: `effectiveItems.run${run.id}`,
      label: named(words.quantities.effectiveItems),
      estimate: bare(summary.effectiveItems, summary.impressions),
      unit: words.units.items,
      digits: 1,
      nUnit: words.units.impressions,
    },
  ]
}

function deltaForest(runs: readonly Compared[], language: Language): Figure {
  const say = composedWords[language]
  const words = reportWords[language]
  const [first, ...rest] = runs.map((run) => ({
    label: shortened(run.name),
    hint: words.run(run.id),
    estimate: run.summary.delta,
  }))
  const frame = {
    id: 'comparison',
    title: say.comparisonForest,
    summary: say.comparisonCaption,
  }
  const level = (run: Compared) =>
    words.intervalOf(formatPercentSetting(1 - run.spec.analysis.errorRate))
  return {
    ...frame,
    svg: forestChart({
      ...frame,
      primary: first!,
      others: rest,
      othersTitle: say.others,
      nLabel: words.columns.n,
      equivalence: 0, // each run has set its own
      state: 'undecided', // no side is named by comparing
      language,
    }),
    table: {
      columns: [words.columns.quantity, words.columns.value, level(runs[0]!), words.columns.n],
      rows: runs.map((run) => {
        const { value, low, high, n } = run.summary.delta
        return [
          say.runLabel(run.name, run.id, run.seed),
          formatNumber(value),
          formatInterval(low, high, language),
          formatInteger(n),
        ]
      }),
    },
  }
}

function shortened(name: string): string {
  const characters = Array.from(name)
  return characters.length <= LABEL ? name : `${characters.slice(0, LABEL - 1).join('')}…`
}
