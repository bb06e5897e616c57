/** Transitions that the calibration looks back on. */
const capacity = 4000

/** Predicted and target Q of the transitions that were replayed last, before they were learnt from. */
export class QCalibration {
  readonly #predicted = new Float32Array(capacity)
  readonly #target = new Float32Array(capacity)
  #count = 0

  add(predicted: Float32Array, target: Float32Array): void {
    for (let i = 0; i < predicted.length; i++) {
      const place = this.#count++ % capacity
      this.#predicted[place] = predicted[i]!
      this.#target[place] = target[i]!
    }
  }

  /** Means by tenths of the predictions, lowest first; empty before ten transitions. */
  deciles(): readonly CalibrationDecile[] {
    const n = Math.min(this.#count, capacity)
    if (n < 10) return []
    const order = Array.from({ length: n }, (_, i) => i).sort(
      (a, b) => this.#predicted[a]! - this.#predicted[b]! || a - b,
    )
    return Array.from({ length: 10 }, (_, d) => {
      const tenth = order.slice(Math.floor((d * n) / 10), Math.floor(((d + 1) * n) / 10))
      const mean = (values: Float32Array) =>
        tenth.reduce((sum, i) => sum + values[i]!, 0) / tenth.length
      return { predicted: mean(this.#predicted), target: mean(this.#target), n: tenth.length }
    })
  }

  state(): QCalibrationState {
    return {
      predicted: this.#predicted.slice(),
      target: this.#target.slice(),
      count: this.#count,
    }
  }

  restore(state: QCalibrationState): void {
    this.#predicted.set(state.predicted)
    this.#target.set(state.target)
    this.#count = state.count
  }
}

/** What replay has to say of a network. */
export interface ReplayFindings {
  /** Of the transitions replayed last, by tenths of the predictions. */
  readonly calibration: readonly CalibrationDecile[]
  readonly dropped: number // impressions that no return closed
}

/** Mean Q(s, a) and mean target y of a tenth of the transitions. */
interface CalibrationDecile {
  readonly predicted: number
  readonly target: number
  readonly n: number
}

export interface QCalibrationState {
  readonly predicted: Float32Array
  readonly target: Float32Array
  readonly count: number
}
