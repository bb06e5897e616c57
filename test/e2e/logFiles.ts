import { logCsv } from '#core/logAnalysis/logCsv'
import { syntheticBandit } from '../support/syntheticBandit.ts'
import { syntheticLog } from '../support/syntheticLog.ts'

/** An interleaving log in which A's items are clicked 1.6 times as often. */
export const interleavedCsv = (): string =>
  [...logCsv(syntheticLog({ users: 300, listsPerUser: 6, lift: 1.6 }))].join('')

/** Bandit feedback: four actions in two contexts, with propensities. */
export function decisionsCsv(): string {
  const { rounds, user, action, propensity, reward, context } = syntheticBandit(600, 1)
  const [feature] = context
  const lines = ['user,context_x,action,propensity,reward']
  for (let i = 0; i < rounds; i++) {
    const x = feature?.type === 'number' ? feature.values[i] : ''
    lines.push([user![i], x, 'wxyz'[action[i]!], propensity[i], reward[i]].join())
  }
  return `${lines.join('\n')}\n`
}
