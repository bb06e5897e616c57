import { configuredInterleaver, interleavers, type InterleaverId } from '#core/interleaver/index'

/** Every list that a method can show for two rankings, with its probability. */
export interface ListLaw {
  readonly method: InterleaverId
  /** The likeliest first, at most as many as can be read. */
  readonly rows: readonly {
    readonly list: readonly string[]
    readonly teams: readonly number[] | null
    readonly p: number
  }[]
  /** Of all lists, those that are not in `rows` included. */
  readonly size: number
  readonly paper: string
  readonly unbiased: boolean
  readonly measure: 'vote' | 'score'
}

const mostRows = 24

/**
 * The exact law of every registered method, for short lists.
 * @param a items best first; repeated ones are dropped
 */
export function listLaws(a: readonly string[], b: readonly string[], length: number): ListLaw[] {
  return (Object.keys(interleavers) as InterleaverId[]).map((method) => {
    const { paper, unbiased, measure } = interleavers[method]
    const law = configuredInterleaver(method)
      .distribution([a, b], length)
      .map(({ list, teams, p }) => ({ list: list.map(String), teams, p }))
      .sort((one, other) => other.p - one.p)
    return { method, rows: law.slice(0, mostRows), size: law.length, paper, unbiased, measure }
  })
}
