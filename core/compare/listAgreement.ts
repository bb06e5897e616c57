import { kendallTau } from '../metric/rankCorrelation.ts'
import { rboExtrapolated } from '../metric/rbo.ts'
import type { ProbeLists } from '../run/networkRecord.ts'

/** How alike the lists of two runs are, over the contexts that both keep. */
interface ListAgreement {
  readonly rbo: number // mean, p = .9
  readonly tau: number | null // mean τ_b of the items in both lists; null where none share two
  readonly contexts: number
}

const persistence = 0.9

/** Items of side A's list, best first. */
const listA = ({ items, rankA }: ProbeLists): number[] =>
  Array.from(items, (item, place) => ({ item, rank: rankA[place]! }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item)

/**
 * Compares what side A of two runs would show in the contexts that their records keep. Runs of one world
 * and seed keep the same ones, the first requests; others share none.
 * @returns null where no context is the same
 */
export function listAgreement(
  one: readonly ProbeLists[],
  other: readonly ProbeLists[],
): ListAgreement | null {
  const found = one.flatMap((a, i) => {
    const b = other[i]
    if (!b || a.user !== b.user || a.candidates !== b.candidates) return []
    const [listOfA, listOfB] = [listA(a), listA(b)]
    const rbo = rboExtrapolated(listOfA, listOfB, persistence)
    if (rbo === null) return []
    const common = listOfA.filter((item) => listOfB.includes(item))
    const ranks = (list: readonly number[]) => common.map((item) => list.indexOf(item))
    return [{ rbo, tau: kendallTau(ranks(listOfA), ranks(listOfB))?.tauB ?? null }]
  })
  if (found.length === 0) return null
  const taus = found.flatMap(({ tau }) => (tau === null ? [] : [tau]))
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    rbo: mean(found.map(({ rbo }) => rbo)),
    tau: taus.length === 0 ? null : mean(taus),
    contexts: found.length,
  }
}
