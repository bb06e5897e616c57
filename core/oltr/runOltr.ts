import type { CascadeParams } from '#core/clickModel/cascade'
import type { GradePresetId } from '#core/clickModel/gradePresets'
import type { QueryLog } from '#core/dataset/kinds/queries'
import { streams } from '#core/random/philox'
import { clickingUser } from './clickingUser.ts'
import { heldOutNdcg, listNdcg } from './heldOutNdcg.ts'
import { oltrMethods, type OltrMethodId } from './index.ts'
import { queriesOf } from './linearRanking.ts'

export interface OltrInput {
  readonly train: QueryLog
  readonly test: QueryLog
  readonly method: OltrMethodId
  readonly clicks: GradePresetId
  readonly stop: CascadeParams['stop']
  readonly impressions: number
  /** Impressions after which the ranker is judged on the held-out queries, ascending. */
  readonly looks: readonly number[]
  readonly seed: number
}

export interface OltrResult {
  readonly heldOut: readonly number[] // mean nDCG@10, one per look
  /** Σ .9995^t · nDCG@10 of the list shown at t. */
  readonly online: number
  readonly w: Float64Array
}

const k = 10
const discount = 0.9995

/**
 * One run of an online learner to rank: queries come uniformly, the user is a cascade over grades,
 * and what was learnt is judged on queries that were never shown.
 */
export function runOltr(input: OltrInput): OltrResult {
  const { looks } = input
  const stream = streams(input.seed)
  const [train, test] = [queriesOf(input.train, k), queriesOf(input.test, k)]
  const mostDocuments = Math.max(0, ...train.map(({ count }) => count))
  const { width } = input.train
  const learner = oltrMethods[input.method].create({ width, k, mostDocuments })
  const user = clickingUser(input.clicks, input.stop, 5, k)
  const arrivals = stream('queries', 0)
  const rng = stream('learner', 0)
  const heldOut: number[] = []
  let online = 0
  let weight = 1
  for (let t = 1; t <= input.impressions; t++) {
    const query = train[arrivals.int(train.length)]!
    const list = learner.serve(query, user, rng)
    online += weight * listNdcg(query, list, k)
    weight *= discount
    if (looks.includes(t)) heldOut.push(heldOutNdcg(test, learner.w, k))
  }
  return { heldOut, online, w: learner.w.slice() }
}
