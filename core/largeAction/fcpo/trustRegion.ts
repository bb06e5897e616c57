import { conjugateGradient, dot } from './conjugateGradient.ts'
import { cpoStep } from './cpoStep.ts'
import type { GaussianActor } from './gaussianActor.ts'

/** Decisions of one batch under the policy that is to be changed. */
export interface ListDecisions {
  readonly states: readonly Float64Array[]
  readonly w: readonly Float64Array[] // what was drawn, [K·d]
  readonly advantage: Float64Array
  /** In cost units, not scaled (F3). */
  readonly costAdvantage: Float64Array
  readonly trajectories: number
}

export interface TrustRegionOptions {
  readonly maxKl: number
  readonly damping: number
  /** J_C − limit of the batch; −∞ for no constraint. */
  readonly excess: number
}

export interface TrustRegionFigures {
  readonly kind: 'step' | 'recovery' | 'none'
  readonly kl: number
  readonly nu: number
  /** Share of the step that the line search kept; 0 if it kept none. */
  readonly kept: number
}

/** States from which the curvature is taken: it is smooth, and each costs ten products. */
const curvatureStates = 64
const shrink = 0.9
const tries = 25

/**
 * One constrained update: conjugate gradients for H⁻¹g and H⁻¹b, the closed form of CPO, then a
 * backtracking search that accepts only what keeps the divergence within its limit, the surrogate cost
 * from rising above the limit (or above itself where it is over already) and, unless it recovers, the
 * surrogate reward from falling.
 *
 * Source: Achiam et al., ICML 2017, algorithm 1; Schulman et al., "Trust region policy optimization",
 * ICML 2015.
 */
export function trustRegionUpdate(
  actor: GaussianActor,
  decisions: ListDecisions,
  { maxKl, damping, excess }: TrustRegionOptions,
): TrustRegionFigures {
  const { advantage, costAdvantage, trajectories } = decisions
  const old = actor.theta.slice()
  const before = meansOf(actor, decisions.states, old)
  const g = scoreGradient(actor, decisions, before, advantage, 1 / advantage.length)
  const b = scoreGradient(actor, decisions, before, costAdvantage, 1 / trajectories)
  const product = curvature(actor, decisions.states, damping)
  const [hg, hb] = [conjugateGradient(product, g), conjugateGradient(product, b)]
  const q = dot(g, hg)
  const none: TrustRegionFigures = { kind: 'none', kl: 0, nu: 0, kept: 0 }
  if (!(q > 1e-16)) return none
  const s = dot(b, hb)
  // of the fall in cost that bᵀx promises only this share comes true: ask for as much more
  const share = excess > 0 ? repeatedShare(actor, decisions, before, product, s) : 1
  const found = cpoStep({ q, r: dot(g, hb), s, c: excess / share, delta: maxKl })
  const direction =
    found.kind === 'recovery'
      ? hb.map((x) => -found.scale * x)
      : hg.map((x, f) => (x - found.nu * hb[f]!) / found.lambda)
  const nu = found.kind === 'step' ? found.nu : 0
  let kept = 1
  for (let attempt = 0; attempt < tries; attempt++, kept *= shrink) {
    for (let f = 0; f < old.length; f++) actor.theta[f] = old[f]! + kept * direction[f]!
    const after = meansOf(actor, decisions.states, actor.theta)
    const kl = meanKl(actor, before, old, after)
    if (!(kl <= maxKl)) continue
    const gain = surrogates(actor, decisions, before, old, after)
    const costAllowed = excess === -Infinity || gain.cost <= Math.max(0, -excess)
    const rewardKept = found.kind === 'recovery' || excess > 0 || gain.reward >= 0
    if (costAllowed && rewardKept) return { kind: found.kind, kl, nu, kept }
  }
  actor.theta.set(old)
  return none
}

/**
 * Share of s = bᵀH⁻¹b that two halves of the batch agree on. The noise of one batch adds its own square to
 * s, so that a limit looks within reach of a step that will not get there, and is broken for good; the
 * product of two halves, whose noise is independent, has no such bias.
 * @returns in [0.001, 1]; little where the halves share no direction
 */
function repeatedShare(
  actor: GaussianActor,
  decisions: ListDecisions,
  means: readonly Float64Array[],
  product: (v: Float64Array) => Float64Array,
  s: number,
): number {
  const { costAdvantage, trajectories } = decisions
  const steps = costAdvantage.length / trajectories
  const half = (parity: number) => {
    const weight = costAdvantage.map((a, i) => (Math.floor(i / steps) % 2 === parity ? a : 0))
    return scoreGradient(actor, decisions, means, weight, 2 / trajectories)
  }
  const both = dot(half(0), conjugateGradient(product, half(1)))
  return s > 0 ? Math.min(1, Math.max(1e-3, both / s)) : 1
}

function meansOf(
  actor: GaussianActor,
  states: readonly Float64Array[],
  theta: Float64Array,
): Float64Array[] {
  const tape = actor.tape()
  return states.map((state) => {
    const mean = new Float64Array(actor.outputs)
    actor.mean(state, mean, theta, tape)
    return mean
  })
}

/** scale · Σ weight · ∇ log N(w; μ, σ²). */
function scoreGradient(
  actor: GaussianActor,
  { states, w }: ListDecisions,
  means: readonly Float64Array[],
  weight: Float64Array,
  scale: number,
): Float64Array {
  const gradient = new Float64Array(actor.theta.length)
  const change = new Float64Array(actor.outputs)
  const mean = new Float64Array(actor.outputs)
  const tape = actor.tape()
  states.forEach((state, i) => {
    const a = weight[i]! * scale
    for (let f = 0; f < change.length; f++) {
      const precision = Math.exp(-2 * actor.logStd(f))
      const gap = w[i]![f]! - means[i]![f]!
      change[f] = a * gap * precision
      gradient[actor.logStdAt(f)]! += a * (gap * gap * precision - 1)
    }
    actor.mean(state, mean, actor.theta, tape)
    actor.pull(state, tape, change, gradient)
  })
  return gradient
}

/**
 * v ↦ (H + damping·I)·v for H = mean of Jᵀ·diag(1/σ²)·J, J = ∂μ/∂θ, and 2 per log standard deviation: the
 * Hessian of the mean KL at the old policy. J·v is a central difference.
 */
function curvature(actor: GaussianActor, states: readonly Float64Array[], damping: number) {
  const every = Math.max(1, Math.floor(states.length / curvatureStates))
  const probed = states.filter((_, i) => i % every === 0)
  const [up, down] = [new Float64Array(actor.outputs), new Float64Array(actor.outputs)]
  const mean = new Float64Array(actor.outputs)
  const tape = actor.tape()
  return (v: Float64Array): Float64Array => {
    const size = Math.sqrt(dot(v, v)) || 1
    const epsilon = 1e-5 / size
    const plus = actor.theta.map((x, f) => x + epsilon * v[f]!)
    const minus = actor.theta.map((x, f) => x - epsilon * v[f]!)
    const out = v.map((x) => damping * x)
    for (const state of probed) {
      actor.mean(state, up, plus)
      actor.mean(state, down, minus)
      for (let f = 0; f < up.length; f++) {
        const push = (up[f]! - down[f]!) / (2 * epsilon)
        up[f] = (push * Math.exp(-2 * actor.logStd(f))) / probed.length
      }
      actor.mean(state, mean, actor.theta, tape)
      actor.pull(state, tape, up, out)
    }
    for (let f = 0; f < actor.outputs; f++) out[actor.logStdAt(f)]! += 2 * v[actor.logStdAt(f)]!
    return out
  }
}

/** Mean KL(old ‖ new) of diagonal Gaussians over the states. */
function meanKl(
  actor: GaussianActor,
  before: readonly Float64Array[],
  old: Float64Array,
  after: readonly Float64Array[],
): number {
  let sum = 0
  before.forEach((mean, i) => {
    for (let f = 0; f < mean.length; f++) {
      const [was, is] = [actor.logStd(f, old), actor.logStd(f)]
      const gap = mean[f]! - after[i]![f]!
      sum += is - was + (Math.exp(2 * was) + gap * gap) / (2 * Math.exp(2 * is)) - 0.5
    }
  })
  return sum / before.length
}

/** Importance-weighted change of reward per decision and of cost per trajectory. */
function surrogates(
  actor: GaussianActor,
  { w, advantage, costAdvantage, trajectories }: ListDecisions,
  before: readonly Float64Array[],
  old: Float64Array,
  after: readonly Float64Array[],
): { readonly reward: number; readonly cost: number } {
  let [reward, cost] = [0, 0]
  w.forEach((drawn, i) => {
    let log = 0
    for (let f = 0; f < drawn.length; f++) {
      const [was, is] = [actor.logStd(f, old), actor.logStd(f)]
      const wasGap = (drawn[f]! - before[i]![f]!) / Math.exp(was)
      const isGap = (drawn[f]! - after[i]![f]!) / Math.exp(is)
      log += was - is + (wasGap * wasGap - isGap * isGap) / 2
    }
    const ratio = Math.exp(log) - 1
    reward += (ratio * advantage[i]!) / w.length
    cost += (ratio * costAdvantage[i]!) / trajectories
  })
  return { reward, cost }
}
