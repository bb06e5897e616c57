import { assertNever } from '#core/assertNever'
import type { ExplorerSpec } from '#core/explorer/params'
import type { StrengthField } from './planPreview.ts'

interface Strength {
  readonly field: StrengthField
  readonly value: number
  /** The same strategy at another strength. */
  readonly at: (value: number) => ExplorerSpec
  /** Where the curve is drawn; it reaches as far as the value. */
  readonly grid: readonly number[]
}

const shares = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1]
const positive = [0.005, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1]

/** The one number that says how much a strategy explores; null where there is none. */
export function strengthOf(spec: ExplorerSpec): Strength | null {
  switch (spec.kind) {
    case 'dbgd':
    case 'mgd':
    case 'genetic':
      return {
        field: 'explorer.alpha',
        value: spec.alpha,
        at: (alpha) => ({ ...spec, alpha }),
        grid: reaching(spec.alpha, shares),
      }
    case 'es':
      return {
        field: 'explorer.sigma',
        value: spec.sigma,
        at: (sigma) => ({ ...spec, sigma }),
        grid: reaching(spec.sigma, positive),
      }
    case 'epsilonGreedy':
      return {
        field: 'explorer.epsilon',
        value: spec.epsilon,
        at: (epsilon) => ({ ...spec, epsilon }),
        grid: shares,
      }
    case 'boltzmann':
      return {
        field: 'explorer.temperature',
        value: spec.temperature,
        at: (temperature) => ({ ...spec, temperature }),
        grid: reaching(spec.temperature, positive),
      }
    case 'none':
      return null
    default:
      return assertNever(spec)
  }
}

/** The grid, stretched to a whole number where the value lies beyond it. */
function reaching(value: number, grid: readonly number[]): readonly number[] {
  const factor = Math.max(1, Math.ceil(value))
  return grid.map((x) => x * factor)
}
