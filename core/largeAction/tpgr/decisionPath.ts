import type { EpisodicWorld } from '#core/episode/episodicWorld'
import { streams } from '#core/random/philox'
import { pathOf } from '#core/tree/nodePath'
import type { PathNetwork } from './pathNetwork.ts'
import { PathRollout, type Sampling } from './pathRollout.ts'
import { topItems } from './topItems.ts'

/** A child of a node as the policy weighs it. */
interface WeighedChild {
  readonly path: string
  readonly probability: number
}

/** One decision, level by level, with what led to it. */
export interface DecisionPath {
  /** What was shown before, oldest first, and the answers in [−1, 1] (world B: 1 for accepted). */
  readonly history: readonly { readonly item: number; readonly answer: number }[]
  readonly levels: readonly {
    readonly path: string // of the node that decides
    readonly open: number // children with an item that may be shown
    /** Over the largest possible, 0 to 1; null for a forced move. */
    readonly entropy: number | null
    readonly chosen: WeighedChild
    /** The most probable children, the chosen one among them. */
    readonly alternatives: readonly WeighedChild[]
    /** Probability of the children that are not listed. */
    readonly rest: number
  }[]
  readonly item: number
  readonly answer: number
  /** Of the item: the product over the levels. */
  readonly probability: number
  /** The most probable items by beam search, without repetition. */
  readonly top: readonly {
    readonly item: number
    readonly path: string
    readonly probability: number
  }[]
}

/** How a decision is looked at. */
interface DecisionQuestion {
  /** One of the world's starts: a user, or the item of world B. */
  readonly start: number
  /** Decisions that come before, from 0. */
  readonly step: number
  readonly choice: 'argmax' | 'sample'
  /** Items of the list. */
  readonly top: number
  /** Children that are listed at each level. */
  readonly listed: number
}

/**
 * Plays an episode up to a step and takes the decision apart. Probabilities are those of the policy in
 * sampling and loss alike (TP4), so that those of a node's open children sum to 1.
 * @throws RangeError if the episode is over before that step
 */
export function decisionPath(
  network: PathNetwork,
  world: EpisodicWorld,
  sampling: Sampling,
  question: DecisionQuestion,
): DecisionPath {
  const { start, step, choice, top, listed } = question
  const { tree } = network
  const c = tree.children
  if (step >= world.horizon) {
    throw new RangeError(
      `step ${step} is outside the episode: it has steps 0 to ${world.horizon - 1}`,
    )
  }
  const rollout = new PathRollout(network, 1, world.horizon, { taped: false, sampling })
  const rng = streams(start)('decision path', 0)
  const episodes = world.open(1)
  const item = new Int32Array(1)
  const history: { item: number; answer: number }[] = []
  episodes.begin(Int32Array.of(start))
  rollout.begin(episodes)
  for (let t = 0; t < step; t++) {
    rollout.choose(episodes, t, choice, item, rng)
    episodes.step(item, rng)
    if (!episodes.alive[0]) throw new RangeError(`the episode is over after step ${t}`)
    history.push({ item: item[0]!, answer: episodes.feedback.raw[0]! })
    rollout.observe(episodes, t, item)
  }
  const found = topItems(rollout, episodes, step, Math.min(top, world.items - step))[0]!
  const explain = new Float64Array(1)
  rollout.choose(episodes, step, choice, item, rng, explain)
  const slot = tree.slotOf[item[0]!]!
  const levels = Array.from({ length: tree.depth }, (_, level) => {
    const node = Math.floor(slot / c ** (tree.depth - level))
    const probabilities = rollout.childProbabilities(episodes, step, 0, level, node)
    const child = (k: number): WeighedChild => ({
      path: pathOf(tree, { level: level + 1, node: node * c + k }),
      probability: probabilities[k]!,
    })
    const order = [...probabilities.keys()].filter((k) => probabilities[k]! > 0)
    order.sort((p, q) => probabilities[q]! - probabilities[p]! || p - q)
    const taken = Math.floor(slot / c ** (tree.depth - level - 1)) - node * c
    const shown = order.slice(0, listed)
    if (!shown.includes(taken)) shown.splice(-1, 1, taken)
    const entropy = -order.reduce(
      (sum, k) => sum + probabilities[k]! * Math.log(probabilities[k]!),
      0,
    )
    return {
      path: pathOf(tree, { level, node }),
      open: order.length,
      entropy: order.length > 1 ? Math.min(1, entropy / Math.log(order.length)) : null,
      chosen: child(taken),
      alternatives: shown.map(child),
      rest: Math.max(0, 1 - shown.reduce((sum, k) => sum + probabilities[k]!, 0)),
    }
  })
  episodes.step(item, rng)
  return {
    history,
    levels,
    item: item[0]!,
    answer: episodes.feedback.raw[0]!,
    probability: levels.reduce((product, { chosen }) => product * chosen.probability, 1),
    top: found.map(({ item: one, logProbability }) => ({
      item: one,
      path: pathOf(tree, { level: tree.depth, node: tree.slotOf[one]! }),
      probability: Math.exp(logProbability),
    })),
  }
}
