import { arraySpace, type WeightArrays } from '#core/explorer/arraySpace'
import { modelArray, type SavedModel } from '#core/model/savedModel'
import type { StreamFactory } from '#core/random/philox'
import type { RankRequests } from '#core/ranker/ranker'
import type { Agent, AgentUpdate, OwnedRanker } from './agent.ts'
import type { AgentWorld } from './drn.ts'
import type { Feedback } from './feedback.ts'
import { historyBatch, usersWithHistory } from './historyBatch.ts'
import type { LinearRule, ObservedList } from './linearRule.ts'
import type { CandidateFeatures } from './pairFeatures.ts'
import type { Pretraining } from './pretraining.ts'
import { sampledScores } from './sampledScores.ts'

/** An agent that ranks by w·φ(s, a) and learns by a rule; it owns no tensors. */
export class LinearAgent implements Agent<WeightArrays> {
  readonly weights: WeightArrays
  readonly movable: boolean
  readonly #kind: string
  readonly #params: unknown
  readonly #rule: LinearRule
  readonly #features: CandidateFeatures
  readonly #world: AgentWorld
  readonly #stream: StreamFactory
  readonly #row: Float64Array
  #lists: ObservedList[] = [] // since the last update
  #begun = false
  #withHistory: Int32Array | undefined

  constructor(
    kind: string,
    params: unknown,
    rule: LinearRule,
    features: CandidateFeatures,
    world: AgentWorld,
    stream: StreamFactory,
  ) {
    this.#kind = kind
    this.#params = params
    this.#rule = rule
    this.#features = features
    this.#world = world
    this.#stream = stream
    this.#row = new Float64Array(features.rowWidth)
    this.weights = [rule.weights]
    this.movable = rule.movable
  }

  space(): ReturnType<typeof arraySpace> {
    return arraySpace(this.weights, ['weights'])
  }

  rankerOf([w]: WeightArrays): OwnedRanker {
    const fixed = Float64Array.from(w!)
    return this.#scoredBy((rows, at) => this.#features.dot(fixed, rows, at))
  }

  ranker(): OwnedRanker {
    const { samples, weights } = this.#rule
    if (samples) {
      return sampledScores(this.rankerOf(this.weights), 1, this.#stream, `${this.#kind} list`)
    }
    return this.#scoredBy(
      (rows, at) => this.#features.dot(weights, rows, at) + (this.#rule.bonus?.(rows, at) ?? 0),
    )
  }

  #scoredBy(score: (rows: Float64Array, at: number) => number): OwnedRanker {
    return {
      score: ({ rows, states, pools, poolSize, pairs }: RankRequests, out) => {
        const { stateWidth, pairWidth } = this.#world
        for (let row = 0; row < rows; row++) {
          for (let p = row * poolSize; p < (row + 1) * poolSize; p++) {
            const stateAt = row * stateWidth
            this.#features.write(states, stateAt, pools[p]!, pairs, p * pairWidth, this.#row, 0)
            out[p] = score(this.#row, 0)
          }
        }
      },
      dispose: () => undefined,
    }
  }

  initial(): WeightArrays {
    return [new Float64Array(this.#features.width)]
  }

  /** On a world that was logged before the run, the log itself is learnt from by `begin`. */
  pretrainStep(step: number, source: Pretraining): number {
    if (source.kind === 'log') return Number.NaN
    const withHistory = (this.#withHistory ??= usersWithHistory(source.observed.history))
    if (withHistory.length === 0) return Number.NaN
    const { stateWidth } = this.#world
    const rng = this.#stream('pretrain', step)
    const { state, item, y } = historyBatch(source, fitBatch, stateWidth, withHistory, rng)
    let loss = 0
    item.forEach((j, i) => {
      this.#features.write(state, i * stateWidth, j, undefined, 0, this.#row, 0)
      loss += this.#rule.fit(this.#row, 0, y[i]!) / item.length
    })
    return loss
  }

  begin(): void {
    this.#rule.begin?.()
    this.update()
    this.#begun = true
  }

  observe(feedback: Feedback): void {
    const { pool, shown, clicked, state, pairs, user, last } = feedback
    const { rowWidth } = this.#features
    const { pairWidth } = this.#world
    const items = this.#rule.needsPool ? pool : shown
    const candidates = items.includes(-1) ? items.indexOf(-1) : items.length
    const length = shown.includes(-1) ? shown.indexOf(-1) : shown.length
    const rows = new Float64Array(candidates * rowWidth)
    for (let c = 0; c < candidates; c++) {
      const place = pool.indexOf(items[c]!)
      this.#features.write(state, 0, items[c]!, pairs, place * pairWidth, rows, c * rowWidth)
    }
    this.#lists.push({
      user,
      rows,
      candidates,
      shown: Int32Array.from({ length }, (_, slot) => items.indexOf(shown[slot]!)),
      clicked: clicked.slice(0, length),
      last,
    })
    // before the run nothing is ranked, and a long log would fill the memory
    if (!this.#begun && this.#lists.length >= 256) this.update()
  }

  update(): AgentUpdate | null {
    if (this.#lists.length === 0) return null
    const rule = this.#rule
    const n = this.#lists.length
    let [loss, entropy] = [0, 0]
    for (const list of this.#lists) {
      if (rule.entropy && list.shown.length > 0) entropy += rule.entropy(list) / n
      loss += rule.learn(list) / n
    }
    this.#lists = []
    return { loss, entropy: rule.entropy ? entropy : null }
  }

  state(): unknown {
    return { weights: this.#rule.weights.slice(), rule: this.#rule.state(), lists: this.#lists }
  }

  restore(state: unknown): void {
    const { weights, rule, lists } = state as LinearState
    this.#rule.restore(rule)
    this.#rule.weights.set(weights)
    this.#lists = [...lists]
    this.#begun = true
  }

  save(): SavedModel {
    const values = Float32Array.from(this.#rule.weights)
    return {
      kind: this.#kind,
      params: { agent: this.#params },
      arrays: [{ name: 'weights', shape: [values.length], values }],
    }
  }

  load(model: SavedModel): void {
    const { weights } = this.#rule
    weights.set(modelArray(model, 'weights', 'float32', [weights.length]))
  }

  dispose(): void {
    // holds arrays only
  }
}

interface LinearState {
  readonly weights: Float64Array
  readonly rule: unknown
  readonly lists: readonly ObservedList[]
}

/** Labelled pairs of one step before the run. */
const fitBatch = 64
