import type { z } from 'zod'
import type { SpecIssue } from '#core/contract/specs'
import { demand, dotted, optionsOf, shown, valueAt } from './issueWords.ts'
import { nearestWord } from './nearestWord.ts'

type Issue = z.core.$ZodIssue

/** A spec that its schema refuses. */
interface Refused {
  readonly schema: z.ZodType
  readonly raw: unknown
  /** A spec of the same kinds with every field at its default, as far as it is known. */
  readonly defaults: unknown
}

/** Of every field that is refused where it is, what it holds, what it may hold, and what would do. */
export function explainIssues(issues: readonly Issue[], refused: Refused): readonly SpecIssue[] {
  return issues.flatMap((issue) => explain(issue, refused))
}

function explain(issue: Issue, refused: Refused): readonly SpecIssue[] {
  const { raw, defaults } = refused
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = [...issue.path, key]
      const known = Object.keys(asFields(valueAt(defaults, issue.path)))
      const name = nearestWord(key, known)
      const all = known.length > 0 ? `known are ${known.join(', ')}` : 'leave it out'
      const hint = name ? `did you mean ${name}?` : all
      const message = `${dotted(path)} is not a field of a spec; ${hint}`
      return { path: dotted(path), value: valueAt(raw, path), message, fix: null }
    })
  }
  const path = issue.path.length > 0 ? dotted(issue.path) : 'spec'
  const value = valueAt(raw, issue.path)
  const fix = fixFor(issue, refused)
  const state = value === undefined ? `${path} is missing` : `${path} is ${shown(value)}`
  const message = `${state}; ${demand(issue)}`
  return [{ path, value: value ?? null, message, fix }]
}

/** Values that might be accepted, the one nearest to what was meant first. */
function* candidates(issue: Issue, value: unknown, byDefault: unknown): Generator {
  if (issue.code === 'too_small') yield Number(issue.minimum)
  if (issue.code === 'too_big') {
    if (Array.isArray(value)) yield value.slice(0, Number(issue.maximum))
    yield typeof value === 'string' ? value.slice(0, Number(issue.maximum)) : Number(issue.maximum)
  }
  if (typeof value === 'number' && Number.isFinite(value)) yield Math.round(value)
  yield byDefault
  if (issue.code === 'invalid_value') yield* issue.values
  if (issue.code === 'invalid_union') yield* optionsOf(issue)
}

function fixFor(issue: Issue, { schema, raw, defaults }: Refused): unknown {
  const { path } = issue
  const at = dotted(path)
  for (const candidate of candidates(issue, valueAt(raw, path), valueAt(defaults, path))) {
    if (candidate === undefined) continue
    const remaining = schema.safeParse(withValue(raw, path, candidate)).error?.issues ?? []
    if (!remaining.some((other) => `${dotted(other.path)}.`.startsWith(`${at}.`))) return candidate
  }
  return null
}

/** The value without what was refused of it, at the places where it was. */
export function withoutRefused(raw: unknown, issues: readonly Issue[]): unknown {
  const paths = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => [...issue.path, key])
      : [issue.path],
  )
  return paths.reduce((rest, path) => withValue(rest, path, undefined), raw)
}

function withValue(root: unknown, path: readonly PropertyKey[], value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const inner = withValue(valueAt(root, [key]), rest, value)
  if (Array.isArray(root)) return root.map((entry: unknown, i) => (i === key ? inner : entry))
  const others = Object.entries(asFields(root)).filter(([name]) => name !== key)
  return Object.fromEntries(inner === undefined ? others : [...others, [key, inner]])
}

export const asFields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
