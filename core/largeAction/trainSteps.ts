import type { StudyStep } from '#core/study/study'
import type { TrainReport } from './trainReport.ts'

/** Steps of a stage whose work says now and then how far it is; its result at the end. */
export function* withProgress<P, R>(
  stage: string,
  work: Generator<P, R>,
  share: (progress: P) => number,
): Generator<StudyStep<TrainReport>, R> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    yield { type: 'progress', stage, share: share(step.value) }
  }
}

/** Means of gauges since they were taken last. */
export class GaugeMeans {
  #sums = new Map<string, { sum: number; n: number }>()

  add(values: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(values)) {
      const { sum, n } = this.#sums.get(name) ?? { sum: 0, n: 0 }
      this.#sums.set(name, { sum: sum + value, n: n + 1 })
    }
  }

  take(): Record<string, number> {
    const means = Object.fromEntries([...this.#sums].map(([name, { sum, n }]) => [name, sum / n]))
    this.#sums.clear()
    return means
  }
}
