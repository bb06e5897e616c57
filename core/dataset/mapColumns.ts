import type { ImportPlan } from './importPlan.ts'
import { datasetKinds, type DatasetKindId } from './kinds/index.ts'
import { plainHeader } from './kinds/logField.ts'

/** What the headers alone say, each field once; complete or not. */
export function mapColumns(kind: DatasetKindId, headers: readonly string[]): ImportPlan {
  const taken = new Set<string>()
  const columns: ImportPlan['columns'] = []
  const { fields } = datasetKinds[kind]
  // a field's own name goes before the other names for it
  for (const ownName of [true, false]) {
    for (const column of headers) {
      if (columns.some((given) => given.column === column)) continue
      const plain = plainHeader(column)
      const field = fields.find(({ name, many, knownAs }) =>
        many
          ? plain.startsWith(name)
          : !taken.has(name) && (ownName ? plain === name.toLowerCase() : knownAs.includes(plain)),
      )
      if (!field) continue
      taken.add(field.name)
      columns.push({ column, field: field.name })
    }
  }
  columns.sort((a, b) => headers.indexOf(a.column) - headers.indexOf(b.column))
  return { kind, columns }
}

/** Files with the same headers have the same signature, by which a mapping is remembered. */
export const headerSignature = (headers: readonly string[]): string =>
  JSON.stringify(headers.map(plainHeader)).slice(0, 20_000)
