import type { ComputeOps } from '#core/compute/ops'
import { networkSpace } from '#core/explorer/networkSpace'
import type { DbgdParams } from '#core/explorer/params'
import { modelArray, type SavedModel } from '#core/model/savedModel'
import type { StreamFactory } from '#core/random/philox'
import { networkRanker } from '#core/ranker/ranker'
import type { OwnedRanker } from './agent.ts'
import type { ItemTable } from './itemTable.ts'
import { QNetwork } from './qNetwork.ts'

/** What an agent that ranks by a network does with its weights. */
export interface NetworkSets {
  space(layers: DbgdParams['perturbLayers']): ReturnType<typeof networkSpace>
  rankerOf(network: QNetwork): OwnedRanker
  initial(index: number): QNetwork
  save(kind: string, params: unknown): SavedModel
  load(model: SavedModel): void
}

export function networkSets(
  network: QNetwork,
  items: ItemTable,
  ops: ComputeOps,
  stream: StreamFactory,
): NetworkSets {
  return {
    space: (layers) => networkSpace(network, layers, ops),
    rankerOf(of) {
      const scorer = of.scorer(items)
      return { ...networkRanker(scorer), dispose: () => scorer.dispose() }
    },
    initial: (index) => new QNetwork(network.shape, ops, stream('weights', index)),
    save: (kind, params) => ({
      kind,
      params: { agent: params, shape: network.shape },
      arrays: network.state().map((values, t) => ({
        name: network.weights[t]!.name,
        shape: network.weights[t]!.shape,
        values,
      })),
    }),
    load: (model) =>
      network.restore(
        network.weights.map(({ name, shape }) => modelArray(model, name, 'float32', shape)),
      ),
  }
}
