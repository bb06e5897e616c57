import { z } from 'zod'
import { datasetKindIds, datasetKinds } from './kinds/index.ts'
import type { DatasetKindId } from './kinds/index.ts'
import type { LogField } from './kinds/logField.ts'

/** How a file is read: as which kind, and which of its columns is which field. */
export const ImportPlan = z.strictObject({
  kind: z.enum(datasetKindIds as [DatasetKindId, ...DatasetKindId[]]),
  columns: z
    .array(z.strictObject({ column: z.string().max(1000), field: z.string().max(40) }))
    .max(4096),
})
export type ImportPlan = z.output<typeof ImportPlan>

export const fieldOf = (kind: DatasetKindId, name: string): LogField | undefined =>
  datasetKinds[kind].fields.find((field) => field.name === name)

/** What a plan lacks or has too much of, one sentence each; empty when a file can be read by it. */
export function planProblems({ kind, columns }: ImportPlan, hasEvents = false): readonly string[] {
  const { fields } = datasetKinds[kind]
  const given = new Set(columns.map(({ field }) => field))
  const problems: string[] = []
  for (const name of given) {
    const field = fieldOf(kind, name)
    if (!field) {
      problems.push(
        `"${name}" is no field of ${kind}; its fields are ${fields.map((f) => f.name).join(', ')}`,
      )
    } else if (!field.many && columns.filter((c) => c.field === name).length > 1) {
      problems.push(`${name} has more than one column: choose one`)
    }
  }
  const { lacking, oneOf } = lackingFields({ kind, columns }, hasEvents)
  problems.push(...lacking.map((name) => `no column is the ${name}`))
  if (oneOf.length > 0) {
    const sets = oneOf.map((set) => set.join(' and '))
    problems.push(`one of these must have its columns: ${sets.join(', or ')}`)
  }
  return problems
}

/**
 * Fields that still need a column, and sets of which one has to be complete.
 * @param hasEvents whether clicks come from a table of their own
 */
export function lackingFields(
  { kind, columns }: ImportPlan,
  hasEvents = false,
): {
  readonly lacking: readonly string[]
  readonly oneOf: readonly (readonly string[])[]
} {
  const { fields, alternatives } = datasetKinds[kind]
  const given = new Set(columns.map(({ field }) => field))
  const isMet = (set: readonly string[]) => set.every((name) => given.has(name))
  return {
    lacking: fields
      .filter(({ name, required }) => required && !given.has(name))
      .filter(({ name }) => !(hasEvents && name === 'click'))
      .map(({ name }) => name),
    oneOf: alternatives.some(isMet) ? [] : alternatives,
  }
}
