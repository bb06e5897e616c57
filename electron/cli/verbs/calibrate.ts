import { UsageError } from '../usageError.ts'
import { seedOf } from './values.ts'
import { flag, text, workspace, type Verb, type Workspace } from './verb.ts'

export interface CalibrateCommand extends Workspace {
  readonly verb: 'calibrate'
  readonly source: string
  readonly seed: number | null
  readonly repetitions: number
  readonly effect: number
  readonly json: boolean
}

export const calibrate: Verb<CalibrateCommand> = {
  argument: 'a spec file, the id of a sample or the number of a study to go on with',
  options: { ...workspace, seed: text, repetitions: text, effect: text, json: flag },
  usage:
    'calibrate <spec.json|sample|number> [--repetitions N] [--effect D] [--seed N] [--db FILE] [--json]',
  about:
    'repeat a design as A/A and as A/B with preference D: false positives, power, stopping times',
  parse(typed) {
    const { first, db, json } = typed
    return {
      verb: 'calibrate',
      db,
      json,
      source: first,
      seed: seedOf(typed),
      repetitions: repetitionsOf(typed.text('repetitions') ?? '1000'),
      effect: effectOf(typed.text('effect') ?? '0.05'),
    }
  },
}

function repetitionsOf(value: string): number {
  const repetitions = Number(value)
  if (!/^\d+$/.test(value) || repetitions < 1 || repetitions > 100_000) {
    throw new UsageError(`--repetitions is "${value}"; write an integer from 1 to 100000`)
  }
  return repetitions
}

function effectOf(value: string): number {
  const effect = Number(value)
  if (value.trim() === '' || !(Math.abs(effect) <= 0.5)) {
    throw new UsageError(`--effect is "${value}"; write a preference Δ from -0.5 to 0.5, like 0.05`)
  }
  return effect
}
