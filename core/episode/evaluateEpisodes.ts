import { exposure } from '#core/metric/exposure'
import type { Rng } from '#core/random/rng'
import type { EpisodePolicy } from './episodePolicy.ts'
import type { EpisodicWorld } from './episodicWorld.ts'

/** What a policy earns, averaged over episodes; one start each. */
export interface EpisodeFigures {
  readonly episodes: number
  /** Reward per step with the run bonus, and the answers alone. */
  readonly reward: number
  readonly raw: number
  /** Standard error of `raw` over episodes; null below two. */
  readonly rawSe: number | null
  /** Hits per step: P@T in world A, the share of accepted items in world B. */
  readonly precision: number
  /** Hits per relevant item, and F1; null where the world has no relevant items to count. */
  readonly recall: number | null
  readonly f1: number | null
  /** Rewards of an episode, not per step. */
  readonly total: number
  readonly longestRun: number
  /** Answer per step in steps 1 to 5: the cold start. */
  readonly firstSteps: number
  /** Of what was shown: different items, inequality, share of the item shown most. */
  readonly uniqueItems: number
  readonly gini: number
  readonly topShare: number
}

/**
 * Plays one episode from each start, all in lockstep.
 * @param relevant relevant items of each start, for recall; null without
 */
export function evaluateEpisodes(
  world: EpisodicWorld,
  policy: EpisodePolicy,
  starts: Int32Array,
  rng: Rng,
  relevant: Float64Array | null,
  shown = new Float64Array(world.items),
): EpisodeFigures {
  const rows = starts.length
  const episodes = world.open(rows)
  const chosen = new Int32Array(rows)
  const raw = new Float64Array(rows)
  const total = new Float64Array(rows)
  const hits = new Float64Array(rows)
  const steps = new Float64Array(rows)
  let first = 0
  let firstCount = 0
  episodes.begin(starts)
  policy.begin(rows, starts)
  for (let step = 0; step < world.horizon && episodes.alive.includes(1); step++) {
    policy.act(episodes, step, chosen, rng)
    const before = episodes.alive.slice()
    episodes.step(chosen, rng)
    policy.observe(episodes, chosen)
    const { feedback } = episodes
    for (let row = 0; row < rows; row++) {
      if (!before[row]) continue
      raw[row]! += feedback.raw[row]!
      total[row]! += feedback.reward[row]!
      hits[row]! += feedback.hit[row]!
      steps[row]!++
      shown[chosen[row]!]!++
      if (step < 5) {
        first += feedback.raw[row]!
        firstCount++
      }
    }
  }
  const allSteps = sum(steps)
  const perStep = Float64Array.from(raw, (x, row) => x / steps[row]!)
  const { gini } = exposure([...shown])
  const score = relevant && retrieval(hits, steps, relevant)
  return {
    episodes: rows,
    reward: sum(total) / allSteps,
    raw: sum(raw) / allSteps,
    rawSe: standardError(perStep),
    precision: sum(hits) / allSteps,
    recall: score && score.recall,
    f1: score && score.f1,
    total: sum(total) / rows,
    longestRun: sum(episodes.feedback.longestRun) / rows,
    firstSteps: first / firstCount,
    uniqueItems: shown.reduce((n, times) => n + (times > 0 ? 1 : 0), 0),
    gini,
    topShare: shown.reduce((most, times) => Math.max(most, times), 0) / sum(shown),
  }
}

/** Means over users of R and F1; both are 0 for a user without relevant items (TP1). */
function retrieval(hits: Float64Array, steps: Float64Array, relevant: Float64Array) {
  let recall = 0
  let f1 = 0
  hits.forEach((hit, row) => {
    const p = hit / steps[row]!
    const r = relevant[row]! > 0 ? hit / relevant[row]! : 0
    recall += r / hits.length
    if (p + r > 0) f1 += (2 * p * r) / (p + r) / hits.length
  })
  return { recall, f1 }
}

const sum = (values: Float64Array | Int32Array): number => {
  let total = 0
  for (const value of values) total += value
  return total
}

function standardError(values: Float64Array): number | null {
  if (values.length < 2) return null
  const mean = sum(values) / values.length
  const squares = values.reduce((s, x) => s + (x - mean) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1) / values.length)
}
