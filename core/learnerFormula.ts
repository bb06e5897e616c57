import type { AgentSpec } from './agent/params.ts'
import { assertNever } from './assertNever.ts'
import type { ExplorerSpec } from './explorer/params.ts'
import { formatSetting as f } from './format.ts'

/** What the learner of a spec computes, with the parameters in force; the same in every language. */
export function agentFormula(agent: AgentSpec): string {
  switch (agent.kind) {
    case 'drn':
      return `${
        agent.gamma === 0
          ? 'y = r'
          : `y = r + ${f(agent.gamma)} · Q′(s′, argmax ${agent.doubleQ ? 'Q' : 'Q′'}(s′, ·))`
      }; ${agent.dueling ? 'Q = V(s) + A(s, a)' : 'Q = f(s, a)'}`
    case 'linear':
      return agent.learningRate === 0
        ? 'w·φ(s, a); w ← explorer'
        : `w ← w + ${f(agent.learningRate)} · (r − w·φ) · φ(s, a)`
    case 'ftrl':
      return `p = σ(w·φ); FTRL-proximal, α ${f(agent.alpha)}, β ${f(agent.beta)}, L1 ${f(agent.l1)}, L2 ${f(agent.l2)}`
    case 'linUcb':
      return `φ·A⁻¹b + ${f(agent.bonus)} · √(φᵀA⁻¹φ); A ← ${f(agent.decay)} · A + φφᵀ`
    case 'pdgd':
      return `w ← w + ${f(agent.learningRate)} · Σ ρ · σ′(f_k − f_l) · (φ_k − φ_l)`
    case 'qLearning': {
      const next = agent.target === 'sarsa' ? 'Q(s′, a′)' : 'max Q(s′, ·)'
      const q =
        agent.features === 'cells' ? `Q[2^${agent.stateBits} × 2^${agent.itemBits}]` : 'Q = w·φ'
      return `${q}; Q ← Q + ${f(agent.alpha)} · (r + ${f(agent.gamma)} · ${next} − Q)`
    }
    case 'policy':
      return policyFormula(agent)
    case 'sac':
      return `π = softmax(Q₁/α); y = r + ${f(agent.gamma)} · Σ π · (min Q′ − α ln π); ${
        agent.temperatureRate > 0
          ? `H(π) → ${f(agent.entropyFraction)} · 0.98 · ln n`
          : `α ${f(agent.temperature)}`
      }`
    default:
      return assertNever(agent)
  }
}

function policyFormula({
  method,
  gamma,
  lambda,
  clip,
  epochs,
}: Extract<AgentSpec, { readonly kind: 'policy' }>): string {
  const policy = 'π = Plackett–Luce(f(s, ·))'
  switch (method) {
    case 'reinforce':
      return `${policy}; ∇ ln π · (G − b), γ ${f(gamma)}`
    case 'a2c':
      return `${policy}; ∇ ln π · Â, GAE γ ${f(gamma)}, λ ${f(lambda)}`
    case 'ppo':
      return `${policy}; min(ρÂ, clip(ρ, 1 ± ${f(clip)})·Â), γ ${f(gamma)}, λ ${f(lambda)}, ${f(epochs)}×`
  }
}

/** How the sides of a round are drawn and what their credit does, with the parameters in force. */
export function explorerFormula(explorer: ExplorerSpec): string {
  switch (explorer.kind) {
    case 'dbgd':
      return `W̃ = W + ${f(explorer.alpha)} · ΔW; ${minorFormula(explorer)}`
    case 'mgd':
      return `W̃ᵢ = W + ${f(explorer.alpha)} · ΔWᵢ, i = 1 … ${f(explorer.directions)}; W̃ = mean(W̃ᵢ > W); ${minorFormula(explorer)}`
    case 'es':
      return `W ± ${f(explorer.sigma)} · ε (${f(explorer.pairs)}×); W ← W + ${f(explorer.eta)}/σ · Σ F·ε, F ${explorer.shaping}`
    case 'genetic':
      return `W̃ᵢ = W + ${f(explorer.alpha)} · ΔWᵢ, i = 1 … ${f(explorer.offspring)}; W ← argmax(W, W̃ᵢ)`
    case 'epsilonGreedy':
      return `ε = ${f(explorer.epsilon)}`
    case 'boltzmann':
      return `Plackett–Luce(Q / ${f(explorer.temperature)})`
    case 'none':
      return 'Q'
    default:
      return assertNever(explorer)
  }
}

function minorFormula({
  minorRule,
  eta,
}: Extract<ExplorerSpec, { readonly minorRule: string }>): string {
  switch (minorRule) {
    case 'step':
      return `W ← W + ${f(eta)} · (W̃ − W)`
    case 'printed':
      return `W ← W + ${f(eta)} · W̃`
    case 'replace':
      return 'W ← W̃'
    case 'none':
      return 'W ← W'
  }
}
