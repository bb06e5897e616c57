import { pairwiseDuel } from '#core/interleaver/pairwiseDuel'
import { sameTop } from '#core/interleaver/prepare'
import { probabilisticDuel } from '#core/interleaver/probabilisticDuel'
import { draftDuel, draftVote, duelSlots } from '#core/interleaver/teamDraftDuel'
import { permutation } from '#core/random/distributions'
import { streams } from '#core/random/philox'
import { rngFrom, type Rng } from '#core/random/rng'
import type { Arrays } from '../arrays.ts'
import type { BenchRow, PreparedRow } from '../benchRow.ts'

const length = 10
const pool = 20
const clicksPerList = 2
const impressions = 200
const tau = 3

/** 200 impressions of two rankers: length 10, pool 20, 2 clicks, as interleaving.md §8 has them. */
export function interleavingRows(): BenchRow[] {
  const row = (
    id: string,
    what: string,
    target: number,
    prepare: BenchRow['prepare'],
  ): BenchRow => ({
    id,
    what: `${what}, ${impressions} impressions of length ${length}`,
    peer: 'python',
    target,
    stretch: target / 2,
    prepare,
  })
  return [
    row('team-draft', 'team draft: interleave and credit', 1 / 50, teamDraft),
    row('probabilistic-credit', 'probabilistic: exact expected credit', 1 / 1000, probabilistic),
    {
      ...row(
        'team-draft-library',
        'team draft: construct, interleave and credit',
        1 / 50,
        libraryDraft,
      ),
      peer: 'mpkato/interleaving',
    },
    row('pairwise-preference', 'pairwise preference: interleave and credit', 1 / 20, pairwise),
  ]
}

interface Impression {
  readonly a: Int32Array // [length]
  readonly b: Int32Array // [length]
  readonly rankings: readonly [Int32Array, Int32Array] // a and b
  readonly uniforms: Float32Array // [length], one per draw at most
  readonly clicks: Int32Array // [clicksPerList], positions
  readonly clicked: Uint8Array // [length]
}

function impression(index: number): Impression {
  const rng = streams(2018)('interleaving', index)
  const ranking = () => permutation(rng, pool).slice(0, length)
  const [a, b] = [ranking(), ranking()]
  const uniforms = Float32Array.from({ length }, () => Math.fround(rng.u() * 0.999))
  const clicks = permutation(rng, length).slice(0, clicksPerList).sort()
  const clicked = new Uint8Array(length)
  for (const position of clicks) clicked[position] = 1
  return { a, b, rankings: [a, b], uniforms, clicks, clicked }
}

const made = (): readonly Impression[] =>
  Array.from({ length: impressions }, (_, i) => impression(i))

function matrix(rows: readonly ArrayLike<number>[]): Arrays[string] {
  const width = rows[0]!.length
  const values = new Float32Array(rows.length * width)
  rows.forEach((row, i) => values.set(row, i * width))
  return { shape: [rows.length, width], values }
}

const inputsOf = (all: readonly Impression[]): Arrays => ({
  a: matrix(all.map(({ a }) => a)),
  b: matrix(all.map(({ b }) => b)),
  uniforms: matrix(all.map(({ uniforms }) => uniforms)),
  clicks: matrix(all.map(({ clicks }) => clicks)),
})

/** Draws from given uniforms, so that both sides make the same lists. */
function given(): { readonly rng: Rng; readonly from: (uniforms: Float32Array) => void } {
  let values: Float32Array = new Float32Array(0)
  let next = 0
  return {
    rng: rngFrom(() => values[next++]!),
    from(uniforms) {
      values = uniforms
      next = 0
    },
  }
}

const signs = { a: 1, b: -1, tie: 0, noVote: 0 } as const

function teamDraft(): PreparedRow {
  const all = made()
  const slots = duelSlots(length)
  const { rng, from } = given()
  const one = ({ a, b, uniforms, clicked }: Impression) => {
    from(uniforms)
    const served = draftDuel(a, b, length, slots, rng)
    return draftVote(slots.teams, served, sameTop(a, b, served), clicked)
  }
  return {
    work: { name: 'team draft', sizes: {} },
    inputs: inputsOf(all),
    run: () => {
      for (const each of all) one(each)
    },
    check: () =>
      all.flatMap((each) => {
        const outcome = one(each)
        return [...slots.items, signs[outcome]]
      }),
    tolerance: 0,
    dispose: () => undefined,
  }
}

/**
 * The library draws by itself, so that the check compares what both make of the clicks on the same
 * lists with the same teams; what is timed makes lists of its own.
 */
function libraryDraft(): PreparedRow {
  const all = made()
  const slots = duelSlots(length)
  const { rng, from } = given()
  const drawn = all.map(({ a, b, uniforms }) => {
    from(uniforms)
    draftDuel(a, b, length, slots, rng)
    return { items: slots.items.slice(), teams: slots.teams.slice() }
  })
  const timed = teamDraft()
  return {
    ...timed,
    work: { name: 'team draft, fresh', sizes: {} },
    inputs: {
      ...timed.inputs,
      shown: matrix(drawn.map(({ items }) => items)),
      teams: matrix(drawn.map(({ teams }) => teams)),
    },
    check: () =>
      all.map(({ a, b, clicked }, i) => {
        const outcome = draftVote(drawn[i]!.teams, length, sameTop(a, b, length), clicked)
        return signs[outcome]
      }),
  }
}

function probabilistic(): PreparedRow {
  const all = made()
  const duel = probabilisticDuel(tau, length, length)
  const shown = all.map(({ a, b }, i) => {
    const slots = duelSlots(length)
    duel.interleave(a, b, length, slots, streams(2018)('shown', i))
    return slots.items
  })
  const one = ({ a, b, clicked }: Impression, i: number) =>
    duel.expectedSign(a, b, shown[i]!, length, clicked)
  return {
    work: { name: 'probabilistic credit', sizes: { tau } },
    inputs: { ...inputsOf(all), shown: matrix(shown) },
    run: () => all.forEach(one),
    check: () => all.map(one),
    tolerance: 1e-9,
    dispose: () => undefined,
  }
}

function pairwise(): PreparedRow {
  const all = made()
  const duel = pairwiseDuel(2, length)
  const items = new Int32Array(length)
  const credit = new Float64Array(2)
  const { rng, from } = given()
  const one = ({ rankings, uniforms, clicked }: Impression) => {
    from(uniforms)
    const served = duel.interleave(rankings, length, items, rng)
    duel.credit(rankings, items, served, clicked, credit)
  }
  return {
    work: { name: 'pairwise preference', sizes: {} },
    inputs: inputsOf(all),
    run: () => {
      for (const each of all) one(each)
    },
    check: () =>
      all.flatMap((each) => {
        one(each)
        return [...items, ...credit]
      }),
    tolerance: 1e-9,
    dispose: () => undefined,
  }
}
