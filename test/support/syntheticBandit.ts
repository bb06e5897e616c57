import type { BanditLog } from '#core/dataset/kinds/bandit'
import { chanceOf } from '#core/random/chance'
import { streams } from '#core/random/philox'

/** Click rate of action `a` in context `x`, and the logging policy: both known. */
const clickRate = (action: number, context: number): number =>
  0.1 + 0.12 * action + (context === action % 2 ? 0.15 : 0)
export const loggingShare = [0.4, 0.3, 0.2, 0.1] as const

/** Four actions in two contexts, several rounds per user, drawn by `loggingShare`. */
export function syntheticBandit(rounds: number, seed: number, uniform = false): BanditLog {
  const stream = streams(seed)
  const share = uniform ? [0.25, 0.25, 0.25, 0.25] : loggingShare
  const users = Math.ceil(rounds / 2)
  const context = new Float32Array(rounds)
  const action = new Int32Array(rounds)
  const propensity = new Float64Array(rounds)
  const reward = new Float64Array(rounds)
  for (let i = 0; i < rounds; i++) {
    const chance = chanceOf(stream('round', i))
    context[i] = chance.int(2)
    action[i] = chance.weighted(share)
    propensity[i] = share[action[i]!]!
    reward[i] = chance.coin(clickRate(action[i]!, context[i]!)) ? 1 : 0
  }
  return {
    rounds,
    actions: 4,
    users,
    actionIds: ['w', 'x', 'y', 'z'],
    userIds: Array.from({ length: users }, (_, u) => `u${u}`),
    user: Int32Array.from({ length: rounds }, (_, i) => i % users),
    time: null,
    action,
    position: null,
    positions: 1,
    propensity,
    reward,
    context: [{ name: 'context', type: 'number', values: context }],
    actionFeatures: [],
  }
}

/** The same rounds as lists of two: neighbours are one user's, at one second and rising positions. */
export function syntheticSlates(slates: number, seed: number): BanditLog {
  const log = syntheticBandit(2 * slates, seed)
  const slate = Int32Array.from({ length: log.rounds }, (_, i) => i >> 1)
  return {
    ...log,
    users: slates,
    userIds: Array.from({ length: slates }, (_, u) => `u${u}`),
    user: slate,
    time: Float64Array.from(slate, (s) => 1_700_000_000 + s),
    position: Int16Array.from(slate, (_, i) => i % 2),
    positions: 2,
  }
}

/** The true value of a policy that ignores the context. */
export const trueValue = (share: readonly number[]): number =>
  share.reduce((sum, p, a) => sum + p * ((clickRate(a, 0) + clickRate(a, 1)) / 2), 0)
