import type { Console } from '../../e2e/openConsole.ts'
import type { Measured } from './measure.ts'

/** The console that is driven, and where a row of the table goes. */
export interface Bench extends Console {
  readonly note: (what: string, budget: string, time: Measured) => void
}
