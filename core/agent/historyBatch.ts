import type { History } from '#core/environment/environment'
import type { Rng } from '#core/random/rng'
import type { Pretraining } from './pretraining.ts'

/** States, items and click probabilities to fit before the first request. */
export interface LabelledBatch {
  readonly state: Float32Array // [n × stateWidth]
  readonly item: Int32Array // [n]
  readonly y: Float32Array // [n]
}

/**
 * Seen pairs with their click probability at a mean rank and, where a missing pair means something,
 * `negativesPerPositive` unseen ones; users are drawn uniformly among those with a history. The state
 * is that of a user some requests into the run: feedback comes from a few other seen items of his.
 *
 * @param withHistory users that have one, at least one
 */
export function historyBatch(
  { observed, examination, writeState }: Extract<Pretraining, { readonly kind: 'history' }>,
  n: number,
  stateWidth: number,
  withHistory: Int32Array,
  rng: Rng,
): LabelledBatch {
  const { history } = observed
  const items = observed.popularity.length
  const state = new Float32Array(n * stateWidth)
  const item = new Int32Array(n)
  const y = new Float32Array(n)
  const features = new Float32Array(observed.userWidth)
  const clicked: number[] = []
  for (let i = 0; i < n; i++) {
    const user = withHistory[rng.int(withHistory.length)]!
    const first = history.start[user]!
    const seen = history.start[user + 1]! - first
    const positive = history.unseenValue === null || i % (negativesPerPositive + 1) === 0
    const entry = first + rng.int(seen)
    if (positive) {
      history.leaveOneOut(user, entry, features)
      item[i] = history.item[entry]!
      y[i] = examination * history.value[entry]!
    } else {
      const { userFeatures, userWidth } = observed
      features.set(userFeatures.subarray(user * userWidth, (user + 1) * userWidth))
      item[i] = rng.int(items)
      y[i] = examination * history.unseenValue
    }
    const visits = rng.int(pretrainVisits)
    clicked.length = 0
    for (let visit = 0; visit < visits; visit++) {
      const other = first + rng.int(seen)
      const taken = rng.u() < history.value[other]!
      if (taken && !(positive && other === entry)) clicked.push(history.item[other]!)
    }
    writeState(features, clicked, visits, state, i * stateWidth)
  }
  return { state, item, y }
}

export function usersWithHistory({ start }: History): Int32Array {
  const users: number[] = []
  for (let u = 0; u + 1 < start.length; u++) if (start[u + 1]! > start[u]!) users.push(u)
  return Int32Array.from(users)
}

/** States of pre-training are spread over a user's first requests. */
const pretrainVisits = 20

/** The published offline sampling keeps about 11 non-clicks for a click; see spec/drn.md §4. */
const negativesPerPositive = 11
