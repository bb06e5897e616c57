/**
 * Who may have drawn each slot of a shown list. Slots of one round were drawn by different rankers,
 * all injections being equally likely beforehand; rounds are independent.
 */
export interface Assignments {
  /** `shares[slot][ranker]`: probability of the shown item under that ranker, earlier ones removed. */
  readonly shares: readonly (readonly number[])[]
  /** The slots, in order, split into rounds. */
  readonly rounds: readonly (readonly number[])[]
}

/** Sums over subsets of a round's slots: 2¹² sums per ranker at most. */
const MAX_ROUND = 12

/** Probability of the whole list, over all assignments. */
export function likelihood({ shares, rounds }: Assignments): number {
  let p = 1
  for (const round of rounds) {
    const rankers = shares[round[0]!]!.map((_, ranker) => ranker)
    const weights = fillings(shares, round, rankers)
    p *= weights.at(-1)!
    for (let i = 0; i < round.length; i++) p /= rankers.length - i
  }
  return p
}

/**
 * Posterior expectation of the clicks per ranker.
 *
 * Hofmann, Whiteson & de Rijke, CIKM 2011, marginalise over assignments by enumeration; sums over
 * subsets give the same numbers in O(2^round) instead of O(n^slots).
 * @param slots clicked slots
 * @returns length n, sums to the number of clicks
 * @throws RangeError for a list that can not be drawn, as do the other posteriors
 */
export function expectedCredit(
  { shares, rounds }: Assignments,
  slots: readonly number[],
): number[] {
  const clicked = new Set(slots)
  const n = shares[0]!.length
  const credit = Array<number>(n).fill(0)
  for (const round of rounds) {
    if (!round.some((slot) => clicked.has(slot))) continue
    const owned = credit.map((_, ranker) => {
      const others = fillings(shares, round, without(n, ranker))
      let weight = 0
      for (const [i, slot] of round.entries()) {
        if (clicked.has(slot)) weight += shares[slot]![ranker]! * others[full(round) ^ (1 << i)]!
      }
      return weight
    })
    // the weights of all owners add up to (clicks in the round) x (weight of the round)
    const clicks = round.filter((slot) => clicked.has(slot)).length
    const total = owned.reduce((sum, weight) => sum + weight, 0) / clicks
    requirePossible(total)
    for (const [ranker, weight] of owned.entries()) credit[ranker]! += weight / total
  }
  return credit
}

/** Probabilities that sum to 1; more - fewer is the expected sign of the difference. */
export interface DifferenceLaw {
  readonly more: number
  readonly fewer: number
  readonly equal: number
}

/** The posterior law of clicks of x against clicks of y: a walk with one step per round. */
export function differenceLaw(
  { shares, rounds }: Assignments,
  slots: readonly number[],
  x: number,
  y: number,
): DifferenceLaw {
  const clicked = new Set(slots)
  const reach = rounds.filter((round) => round.some((slot) => clicked.has(slot))).length
  let law = new Float64Array(2 * reach + 1)
  law[reach] = 1
  for (const round of rounds) {
    if (!round.some((slot) => clicked.has(slot))) continue
    const { up, down } = step(shares, round, clicked, x, y)
    const next = new Float64Array(law.length)
    for (let i = 0; i < law.length; i++) {
      if (law[i] === 0) continue
      next[i]! += law[i]! * (1 - up - down)
      if (up > 0) next[i + 1]! += law[i]! * up
      if (down > 0) next[i - 1]! += law[i]! * down
    }
    law = next
  }
  let more = 0
  let fewer = 0
  for (let i = 1; i <= reach; i++) {
    more += law[reach + i]!
    fewer += law[reach - i]!
  }
  return { more, fewer, equal: law[reach]! }
}

/** Probabilities that, in one round, only x or only y drew a clicked slot. */
function step(
  shares: Assignments['shares'],
  round: readonly number[],
  clicked: ReadonlySet<number>,
  x: number,
  y: number,
): { readonly up: number; readonly down: number } {
  const n = shares[0]!.length
  const all = full(round)
  const others = fillings(shares, round, without(n, x, y))
  let up = 0
  let down = 0
  let total = others[all]! // neither took part in this round
  for (const [i, slot] of round.entries()) {
    const [byX, byY] = [shares[slot]![x]!, shares[slot]![y]!]
    const alone = others[all ^ (1 << i)]!
    total += (byX + byY) * alone
    if (clicked.has(slot)) {
      up += byX * alone
      down += byY * alone
    }
    for (const [j, other] of round.entries()) {
      if (i === j) continue
      const both = byX * shares[other]![y]! * others[all ^ (1 << i) ^ (1 << j)]!
      total += both
      if (clicked.has(slot) && !clicked.has(other)) up += both
      if (!clicked.has(slot) && clicked.has(other)) down += both
    }
  }
  requirePossible(total)
  return { up: up / total, down: down / total }
}

function requirePossible(weight: number): void {
  if (!(weight > 0)) throw new RangeError('the shown list can not come from these rankings')
}

/**
 * For every subset of a round's slots (bit i = i-th slot) the sum over all ways to give its slots
 * to different rankers of the product of their shares: permanents, by one pass over the rankers.
 *
 * @throws RangeError for rounds beyond 12 slots
 */
function fillings(
  shares: Assignments['shares'],
  round: readonly number[],
  rankers: readonly number[],
): Float64Array {
  const size = round.length
  if (size > MAX_ROUND) {
    throw new RangeError(
      `a round of ${size} slots is too large for exact credit: use sampling 'replace'`,
    )
  }
  const sums = new Float64Array(1 << size)
  sums[0] = 1
  for (const ranker of rankers) {
    // descending, so that a ranker is used once
    for (let set = sums.length - 1; set > 0; set--) {
      let sum = sums[set]!
      for (let i = 0; i < size; i++) {
        if (set & (1 << i)) sum += sums[set ^ (1 << i)]! * shares[round[i]!]![ranker]!
      }
      sums[set] = sum
    }
  }
  return sums
}

function full(round: readonly number[]): number {
  return (1 << round.length) - 1
}

function without(n: number, ...excluded: readonly number[]): number[] {
  return Array.from({ length: n }, (_, ranker) => ranker).filter((r) => !excluded.includes(r))
}
