import { QNetwork } from '#core/agent/qNetwork'
import type { ComputeOps } from '#core/compute/ops'
import { normal } from '#core/random/distributions'
import { streams } from '#core/random/philox'
import type { DbgdParams } from './params.ts'
import { squareSum, type WeightSpace } from './weightSpace.ts'

/** Networks of one shape; only the layers that `layers` names are perturbed. */
export function networkSpace(
  like: QNetwork,
  layers: DbgdParams['perturbLayers'],
  ops: ComputeOps,
): WeightSpace<QNetwork> {
  const touched = like.weights.map(
    ({ branch, last }) =>
      layers === 'all' || (branch === 'advantage' && (layers === 'advantage' || last)),
  )
  const pick = (network: QNetwork, wanted: boolean) =>
    network.variables.filter((_, i) => touched[i] === wanted)
  return {
    names: like.weights.map(({ name }) => name),
    create: () => new QNetwork(like.shape, ops, streams(0)('weights', 0)),
    dispose: (network) => network.dispose(),
    copy: (target, source) => ops.copy(target.variables, source.variables),
    perturb(source, target, perturbation, rng) {
      ops.copy(pick(target, false), pick(source, false))
      ops.perturb(pick(source, true), pick(target, true), perturbation, rng)
    },
    perturbNormal(source, target, sigma, rng) {
      target.restore(
        source.state().map((values, t) => {
          if (!touched[t]) return values
          const spread = sigma * Math.sqrt(squareSum(values) / Math.max(1, values.length) + 1e-6)
          return values.map((value) => value + spread * normal(rng))
        }),
      )
    },
    mix: (target, source, tau) => ops.polyak(target.variables, source.variables, tau),
    addScaled(target, source, factor) {
      if (typeof factor === 'number') {
        ops.addScaled(target.variables, source.variables, factor)
        return
      }
      target.variables.forEach((variable, t) =>
        ops.addScaled([variable], [source.variables[t]!], factor[t]!),
      )
    },
    assign: (network, values) => network.restore(values.map((tensor) => Float32Array.from(tensor))),
    values: (network) => network.state(),
  }
}
