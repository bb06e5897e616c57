import type { QNetwork } from '#core/agent/qNetwork'
import type { ComputeOps } from '#core/compute/ops'
import type { Rng } from '#core/random/rng'
import type { DbgdParams } from './params.ts'

/** W~ ← W + ΔW on the layers that `perturbLayers` names; the others are copied. */
export function explore(
  current: QNetwork,
  explorer: QNetwork,
  params: DbgdParams,
  ops: ComputeOps,
  rng: Rng,
): void {
  const touched = current.weights.map(
    ({ branch, last }) =>
      params.perturbLayers === 'all' ||
      (branch === 'advantage' && (params.perturbLayers === 'advantage' || last)),
  )
  const pick = (network: QNetwork, wanted: boolean) =>
    network.variables.filter((_, i) => touched[i] === wanted)
  ops.copy(pick(explorer, false), pick(current, false))
  const perturbation = { scope: params.perturbScope, alpha: params.alpha }
  ops.perturb(pick(current, true), pick(explorer, true), perturbation, rng)
}

/** What a minor update did to the weights. */
export interface MinorUpdate {
  readonly stepNorm: number // ‖W after − W before‖
  readonly guarded: boolean // the norm guard rescaled the result
}

/**
 * Moves W towards a winning W~ by the rule of the spec (drn.md §8), all tensors at once.
 *
 * @throws Error under `normGuard: halt` when a weight is no longer finite, naming the tensor
 */
export function applyMinorRule(
  current: QNetwork,
  explorer: QNetwork,
  params: DbgdParams,
  ops: ComputeOps,
): MinorUpdate {
  const before = current.state()
  const w = current.variables
  switch (params.minorRule) {
    case 'none':
      return { stepNorm: 0, guarded: false }
    case 'step':
      ops.polyak(w, explorer.variables, params.eta)
      break
    case 'printed':
      ops.addScaled(w, explorer.variables, params.eta)
      break
    case 'replace':
      ops.copy(w, explorer.variables)
      break
  }
  let guarded = false
  if (params.minorRule === 'printed' && params.normGuard === 'rescale') {
    rescale(w, before, ops)
    guarded = true
  }
  const after = current.state()
  if (params.normGuard === 'halt') requireFinite(current, after)
  return { stepNorm: distance(before, after), guarded }
}

/** Gives each tensor the norm it had, which keeps the direction that the update chose. */
function rescale(w: QNetwork['variables'], before: readonly Float32Array[], ops: ComputeOps): void {
  w.forEach((variable, i) => {
    const norm = Math.sqrt(squareSum(variable.dataSync()))
    const factor = norm > 0 ? Math.sqrt(squareSum(before[i]!)) / norm : 1
    ops.addScaled([variable], [variable], factor - 1)
  })
}

function requireFinite(network: QNetwork, state: readonly Float32Array[]): void {
  state.forEach((values, i) => {
    if (!values.every(Number.isFinite)) {
      throw new Error(
        `the norm guard stopped the run: "${network.weights[i]!.name}" holds a number that is not finite; use minorRule "step" or normGuard "rescale"`,
      )
    }
  })
}

/** ‖W‖ over all tensors. */
export function weightNorm(state: readonly ArrayLike<number>[]): number {
  let square = 0
  for (const values of state) square += squareSum(values)
  return Math.sqrt(square)
}

function squareSum(values: ArrayLike<number>): number {
  let square = 0
  for (let i = 0; i < values.length; i++) square += values[i]! ** 2
  return square
}

function distance(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  let square = 0
  a.forEach((values, t) => {
    for (let i = 0; i < values.length; i++) square += (values[i]! - b[t]![i]!) ** 2
  })
  return Math.sqrt(square)
}
