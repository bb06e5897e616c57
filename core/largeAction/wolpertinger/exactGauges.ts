import { exactValue, valueIteration } from '#core/episode/valueIteration'
import type { OpenedWorld } from '../openWorld.ts'
import type { WolpertingerAgent } from './agent.ts'

/** States of one sweep over all that world B can be in. */
export const sweepRows = ({ kind, world }: OpenedWorld): number =>
  kind === 'itemToItem' ? world.items : 0

/** The policy as a table over all states of world B, without any sampling; nothing elsewhere. */
export function exactGauges(
  opened: OpenedWorld,
  agent: WolpertingerAgent,
): Readonly<Record<string, number>> {
  if (opened.kind !== 'itemToItem') return {}
  const { world, hidden, content } = opened
  const { items, horizon } = world
  const blocked = {
    items: Int32Array.from({ length: items }, (_, i) => i),
    count: new Int32Array(items).fill(1),
    width: 1,
  }
  const policy = agent.decide(content.values, items, blocked).items
  const found = exactValue(hidden, items, horizon, policy)
  const best = exactValue(hidden, items, horizon, valueIteration(hidden, items, 0.9).policy)
  return {
    acceptRate: found.acceptRate,
    shareOfOptimum: found.acceptRate / best.acceptRate,
    perEpisode: found.perEpisode,
  }
}
