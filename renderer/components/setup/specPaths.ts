import { ExperimentSpec } from '#core/experimentSpec'

/** A field of a spec by its keys, joined by dots: 'explorer.alpha'. Lists are one field. */
export interface Leaf {
  readonly path: string
  readonly value: unknown
}

/** A stored spec, whose keys are sorted, in the order in which its form asks. */
export const inFormOrder = (spec: ExperimentSpec): ExperimentSpec =>
  ExperimentSpec.safeParse(spec).data ?? spec

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every field that holds a value, in the spec's order. */
export function leaves(spec: unknown, prefix = ''): readonly Leaf[] {
  if (!isFields(spec)) return [{ path: prefix, value: spec }]
  return Object.entries(spec).flatMap(([key, value]) =>
    leaves(value, prefix === '' ? key : `${prefix}.${key}`),
  )
}

/** The value at a path; undefined where there is none. */
export function valueAt(spec: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (isFields(value) ? value[key] : undefined), spec)
}

/** A copy with one value changed. */
export function withValue(spec: Fields, path: string, value: unknown): Fields {
  const [key = '', ...rest] = path.split('.')
  if (rest.length === 0) return { ...spec, [key]: value }
  const inner = spec[key]
  return { ...spec, [key]: withValue(isFields(inner) ? inner : {}, rest.join('.'), value) }
}

/** Fields that differ, with both values; undefined where one side has none. */
export function differences(
  before: unknown,
  after: unknown,
): readonly { readonly path: string; readonly before: unknown; readonly after: unknown }[] {
  const old = new Map(leaves(before).map(({ path, value }) => [path, value]))
  const now = new Map(leaves(after).map(({ path, value }) => [path, value]))
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }))
    .filter((entry) => JSON.stringify(entry.before) !== JSON.stringify(entry.after))
}

/** Sections of the setup, in order. */
export const sectionIds = [
  'hypothesis',
  'rankers',
  'interleaving',
  'traffic',
  'analysis',
  'other',
] as const
export type SectionId = (typeof sectionIds)[number]

const sectionByRoot: Readonly<Record<string, SectionId>> = {
  name: 'hypothesis',
  hypothesis: 'hypothesis',
  design: 'hypothesis',
  rankers: 'rankers',
  agent: 'rankers',
  explorer: 'rankers',
  interleaver: 'interleaving',
  traffic: 'traffic',
  environment: 'traffic',
  click: 'traffic',
  analysis: 'analysis',
}

/** Where a field is asked for. A part of the spec that the page does not know is still shown. */
export function sectionOf(path: string): SectionId {
  if (path === 'traffic.listLength') return 'interleaving'
  return sectionByRoot[path.split('.', 1)[0] ?? ''] ?? 'other'
}
