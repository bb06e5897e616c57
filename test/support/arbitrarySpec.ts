import { z } from 'zod'
import { chanceOf, type Chance } from '#core/random/chance'
import { mulberry32 } from '#core/random/mulberry32'

/** The part of JSON Schema that the schemas of specs are written in. */
interface Node {
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly oneOf?: readonly Node[]
  readonly anyOf?: readonly Node[]
  readonly type?: string
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly items?: Node
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
}

export interface SpecShape {
  /** Largest values of fields that cost time, by the name of the field; these are always set. */
  readonly caps: Readonly<Record<string, number>>
  /** Branches that are never taken, by `field: kind`. */
  readonly without?: ReadonlySet<string>
}

/**
 * Any input that a schema accepts field by field, a pure function of the seed: half of the plain fields
 * left to their defaults, the others often at an end of their range. What fields break together remains.
 */
export function arbitrarySpec(schema: z.ZodType, seed: number, shape: SpecShape): unknown {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node
  return valueOf(root, '', chanceOf(mulberry32(seed)), shape)
}

function valueOf(node: Node, field: string, chance: Chance, shape: SpecShape): unknown {
  if (node.const !== undefined) return node.const
  if (node.enum) return pick(node.enum, chance)
  const branches = node.oneOf ?? node.anyOf
  if (branches) {
    const allowed = branches.filter(
      ({ properties }) => !shape.without?.has(`${field}: ${String(properties?.['kind']?.const)}`),
    )
    return valueOf(pick(allowed, chance), field, chance, shape)
  }
  switch (node.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(node.properties ?? {})
          .filter(([name, inner]) => {
            const isPart = inner.type === 'object' || (inner.oneOf ?? inner.anyOf) !== undefined
            const isSet = node.required?.includes(name) === true || name in shape.caps || isPart
            return isSet || chance.coin(0.5)
          })
          .map(([name, inner]) => [name, valueOf(inner, name, chance, shape)]),
      )
    case 'array': {
      const { minItems = 0, maxItems = 4, items = {} } = node
      const length = minItems + chance.int(maxItems - minItems + 1)
      return Array.from({ length }, () => valueOf(items, field, chance, shape))
    }
    case 'boolean':
      return chance.coin(0.5)
    case 'string':
      return 'x'
    default:
      return numberOf(node, shape.caps[field], chance)
  }
}

function numberOf(node: Node, cap: number | undefined, chance: Chance): number {
  const isWhole = node.type === 'integer'
  const { exclusiveMinimum: above, maximum = 10 } = node
  const low = above === undefined ? (node.minimum ?? -3) : above + (isWhole ? 1 : 1e-6)
  const high = Math.max(low, Math.min(maximum, cap ?? maximum))
  const share = chance.int(2 ** 30) / 2 ** 30
  // an end, somewhere between, or near the lower end
  const value = pick(
    [low, high, low + (high - low) * share, low + (high - low) * share ** 4],
    chance,
  )
  return isWhole ? Math.round(value) : value
}

function pick<T>(choices: readonly T[], chance: Chance): T {
  return choices[chance.int(choices.length)]!
}
