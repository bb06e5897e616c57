import type { ImpressionLog } from '#core/dataset/kinds/impressions'
import { permutation } from '#core/random/distributions'
import { streams } from '#core/random/philox'

/**
 * A day of impressions with known truth: items of an even number are clicked with probability .5,
 * others with .05. Histories hold even items, so that factors tell them apart.
 */
export function syntheticImpressions(impressions = 400, users = 60, items = 40): ImpressionLog {
  const stream = streams(5)
  const candidates = 12
  const item = new Int32Array(impressions * candidates)
  const label = new Uint8Array(impressions * candidates)
  for (let i = 0; i < impressions; i++) {
    const rng = stream('impression', i)
    permutation(rng, items)
      .subarray(0, candidates)
      .forEach((id, slot) => {
        item[i * candidates + slot] = id
        label[i * candidates + slot] = rng.u() < (id % 2 === 0 ? 0.5 : 0.05) ? 1 : 0
      })
  }
  const name = (letter: string) => (_: unknown, i: number) => `${letter}${i}`
  return {
    impressions,
    users,
    items,
    userIds: Array.from({ length: users }, name('U')),
    itemIds: Array.from({ length: items }, name('N')),
    user: Int32Array.from({ length: impressions }, (_, i) => stream('user', i).int(users)),
    time: Float64Array.from({ length: impressions }, (_, i) => 1_573_000_000 + 200 * i),
    first: Int32Array.from({ length: impressions + 1 }, (_, i) => i * candidates),
    item,
    label,
    position: null,
    historyFirst: Int32Array.from({ length: impressions + 1 }, (_, i) => 2 * i),
    history: Int32Array.from({ length: 2 * impressions }, (_, at) => 2 * ((at * 7) % (items / 2))),
    itemFeatures: [
      {
        name: 'category',
        type: 'category',
        code: Int32Array.from({ length: items }, (_, id) => (id < 5 ? id % 2 : -1)),
        names: ['news', 'sports'],
      },
    ],
  }
}
