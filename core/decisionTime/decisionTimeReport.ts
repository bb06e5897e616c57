import type { Crossover } from './crossover.ts'
import type { DeciderId } from './deciders.ts'

/** How long one decision takes here, by the number of items. A measurement: no two are equal. */
export interface DecisionTimeReport {
  /** Processor, system and runtime, in words. */
  readonly machine: string
  readonly sizes: readonly number[] // items
  readonly ways: readonly {
    readonly id: DeciderId
    /** Microseconds per decision; null where it was not measured. */
    readonly micros: readonly (number | null)[]
    /** Fitted exponent of the number of items, and the one of theory. */
    readonly exponent: number | null
    readonly theory: number | null
    /** Against the full softmax scan; null for the scan itself. */
    readonly faster: Crossover | null
  }[]
}
