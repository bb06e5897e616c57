import type { BanditLog } from '#core/dataset/kinds/bandit'
import type { BanditDesign } from '#core/ope/banditDesign'
import type { Observed } from '../environment.ts'

/** What a recommender sees of a bandit log: the context of a round, and which action is which. */
export interface BanditView {
  readonly observed: Observed
  readonly stateWidth: number
  /** @param visits requests of the same user before */
  writeState(round: number, visits: number, out: Float32Array, offset: number): void
}

export function banditView(log: BanditLog, design: BanditDesign): BanditView {
  const { actions } = log
  const itemFeatures = new Float32Array(actions ** 2)
  for (let a = 0; a < actions; a++) itemFeatures[a * actions + a] = 1
  const stateWidth = design.width + 1
  return {
    observed: {
      itemFeatures,
      itemWidth: actions,
      factors: itemFeatures,
      rank: actions,
      features: [
        { group: 'user', name: 'loggedContext', width: design.width, place: 'state' },
        { group: 'user', name: 'requests', width: 1, place: 'state' },
        { group: 'item', name: 'action', width: actions, place: 'item' },
      ],
    },
    stateWidth,
    writeState(round, visits, out, offset) {
      out.fill(0, offset, offset + stateWidth)
      design.context(round, (column, value) => {
        out[offset + column] = value
      })
      out[offset + stateWidth - 1] = Math.log1p(visits)
    },
  }
}
