import { configuredInterleaver, type InterleaverId } from '#core/interleaver/index'
import type { Credit, Draw, WeightedList } from '#core/interleaver/interleaver'

/** Two rankings, and the item that is the only relevant one for fidelity; B ranks it higher. */
const cases = [
  { a: ['1', '2', '3'], b: ['2', '3', '1'], relevant: '3' },
  { a: ['1', '2', '3', '4'], b: ['2', '3', '4', '1'], relevant: '4' },
] as const

const quantities = {
  balanced: { method: 'balanced', of: sign },
  teamDraft: { method: 'teamDraft', of: sign },
  probabilistic: { method: 'probabilistic', of: ({ voteValue }) => 2 * (voteValue ?? 0.5) - 1 },
  probabilisticSign: { method: 'probabilistic', of: sign },
  pairwisePreference: { method: 'pairwisePreference', of: ({ delta }) => delta },
  pairwisePreferenceSign: { method: 'pairwisePreference', of: sign },
  optimized: { method: 'optimized', of: ({ delta }) => delta },
  sampleOnlyScored: { method: 'sampleOnlyScored', of: sign },
} satisfies Record<string, { method: InterleaverId; of: (credit: Credit) => number }>

export type BiasQuantity = keyof typeof quantities

/** What the analysis would average, in expectation over the exact law of the method. */
interface BiasRow {
  readonly quantity: BiasQuantity
  /** One click at a uniformly random position, whatever the item: 0 is unbiased. By case. */
  readonly bias: readonly number[]
  /** One click on the relevant item, if it is shown; it has to be negative. By case. */
  readonly fidelity: readonly number[]
}

export interface BiasTable {
  readonly cases: readonly {
    readonly a: readonly string[]
    readonly b: readonly string[]
    readonly relevant: string
  }[]
  readonly rows: readonly BiasRow[]
}

/** The table of interleaving.md §5, computed. */
export function biasTable(): BiasTable {
  const rows = Object.entries(quantities).map(([quantity, { method, of }]) => ({
    quantity: quantity as BiasQuantity,
    bias: cases.map((lists) => expectation(method, lists, of, ({ list }) => [...list.keys()])),
    fidelity: cases.map((lists) =>
      expectation(method, lists, of, ({ list }) => {
        const at = list.indexOf(lists.relevant)
        return at < 0 ? [] : [at]
      }),
    ),
  }))
  return { cases, rows }
}

/** @param clicks equally likely single clicks on a list */
function expectation(
  id: InterleaverId,
  { a, b }: (typeof cases)[number],
  of: (credit: Credit) => number,
  clicks: (shown: WeightedList) => readonly number[],
): number {
  const method = configuredInterleaver(id)
  let mean = 0
  for (const shown of method.distribution([a, b], a.length)) {
    const positions = clicks(shown)
    for (const position of positions) {
      const flags = shown.list.map((_, slot) => slot === position)
      mean += (shown.p / positions.length) * of(method.credit(drawOf(shown), [a, b], flags))
    }
  }
  // sums of fractions in binary: what is 0 by symmetry is written as 0
  return Math.abs(mean) < 1e-12 ? 0 : mean
}

const drawOf = ({ list, teams }: WeightedList): Draw => ({
  list,
  teams,
  tail: list.map(() => false),
  identical: false,
  truncated: false,
  duplicatesRemoved: [],
})

function sign({ outcome }: Credit): number {
  return outcome === 'a' ? 1 : outcome === 'b' ? -1 : 0
}
