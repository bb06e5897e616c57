import { emptyFeedback, type Episodes, type EpisodicWorld } from './episodicWorld.ts'
import { entryOf, type RatingMatrix } from './ratingMatrix.ts'

const ratingStatistics = 9

/**
 * World A (simulators.md): a user answers each item with his rating as a reward, unrated ones with 0.
 *
 * The reward adds α·(c₊ − c₋), the lengths of the current run of positive and negative answers before
 * the step; an answer of zero ends both (TP1, authors' code). The features are the nine statistics of
 * TP3 over T: negatives, positives, zeros and steps so far, and the current runs of negative, positive,
 * zero, not-negative and not-positive answers.
 */
export function ratingEpisodes(
  matrix: RatingMatrix,
  options: { readonly horizon: number; readonly alpha: number; readonly label: string },
): EpisodicWorld {
  const { columns: items } = matrix.rewards
  const horizon = options.horizon
  if (horizon > items) {
    throw new RangeError(`world.horizon ${horizon} exceeds the ${items} items: no item is repeated`)
  }
  return {
    label: options.label,
    items,
    horizon,
    repeats: false,
    featureWidth: ratingStatistics,
    starts: { train: matrix.train, test: matrix.test },
    open: (rows) => openRows(matrix, rows, horizon, options.alpha),
  }
}

function openRows(matrix: RatingMatrix, rows: number, horizon: number, alpha: number): Episodes {
  const { rewards, sign, relevant } = matrix
  const items = rewards.columns
  const width = ratingStatistics
  const features = new Float32Array(rows * width)
  const unavailable = new Uint8Array(rows * items)
  const blocked = new Int32Array(rows * horizon)
  const blockedCount = new Int32Array(rows)
  const alive = new Uint8Array(rows)
  const feedback = emptyFeedback(rows)
  const user = new Int32Array(rows)
  const counts = new Int32Array(rows * width)
  const restart = (row: number, start: number) => {
    user[row] = start
    alive[row] = 1
    blockedCount[row] = 0
    unavailable.fill(0, row * items, (row + 1) * items)
    features.fill(0, row * width, (row + 1) * width)
    counts.fill(0, row * width, (row + 1) * width)
    for (const values of Object.values(feedback)) values[row] = 0
  }
  return {
    rows,
    features,
    unavailable,
    blocked,
    blockedCount,
    alive,
    feedback,
    begin(starts) {
      for (let row = 0; row < rows; row++) restart(row, starts[row]!)
    },
    restart,
    step(chosen) {
      for (let row = 0; row < rows; row++) {
        const item = chosen[row]!
        const cell = row * items + item
        if (!(item >= 0 && item < items) || unavailable[cell] === 1) {
          throw new RangeError(`row ${row}: item ${item} may not be chosen`)
        }
        unavailable[cell] = 1
        blocked[row * horizon + blockedCount[row]!++] = item
        const entry = entryOf(rewards, user[row]!, item)
        const raw = entry < 0 ? 0 : rewards.value[entry]!
        const at = row * width
        feedback.raw[row] = raw
        feedback.reward[row] = raw + alpha * (counts[at + 5]! - counts[at + 4]!)
        feedback.hit[row] = entry < 0 ? 0 : relevant[entry]!
        count(counts, at, entry < 0 ? 0 : sign[entry]!)
        feedback.longestRun[row] = Math.max(feedback.longestRun[row]!, counts[at + 5]!)
        for (let f = 0; f < width; f++) features[at + f] = counts[at + f]! / horizon
        if (counts[at + 3]! >= horizon) alive[row] = 0
      }
    },
  }
}

function count(counts: Int32Array, at: number, sign: number): void {
  counts[at + (sign < 0 ? 0 : sign > 0 ? 1 : 2)]!++
  counts[at + 3]!++
  counts[at + 4] = sign < 0 ? counts[at + 4]! + 1 : 0
  counts[at + 5] = sign > 0 ? counts[at + 5]! + 1 : 0
  counts[at + 6] = sign === 0 ? counts[at + 6]! + 1 : 0
  counts[at + 7] = sign >= 0 ? counts[at + 7]! + 1 : 0
  counts[at + 8] = sign <= 0 ? counts[at + 8]! + 1 : 0
}
