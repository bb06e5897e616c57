import type { QueryLog } from './kinds/queries.ts'

/**
 * Reads graded documents as LETOR, LightGBM and SVMrank write them: `grade [qid:q] feature:value …`,
 * one document a line, features not named being 0, a comment behind `#`. This is the plain reader of
 * learners and studies; importing into a workspace goes through DuckDB.
 *
 * @param text the whole file
 * @param groups documents of each query, in order, where the lines carry no `qid:`
 * @param width features per document at least; the largest index of the file counts too
 * @throws RangeError naming the line that can not be read, or sizes that do not add up
 */
export function parseLetor(text: string, groups: readonly number[] | null, width = 0): QueryLog {
  const rows: { grade: number; query: string | null; features: [number, number][] }[] = []
  let widest = width
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.split('#', 1)[0]!.trim()
    if (line === '') continue
    const [label, ...fields] = line.split(/\s+/)
    const grade = Number(label)
    if (!(grade >= 0))
      throw new RangeError(`line ${index + 1}: grade "${label!}" is not a number ≥ 0`)
    let query: string | null = null
    const features: [number, number][] = []
    for (const field of fields) {
      const colon = field.indexOf(':')
      const [name, value] = [field.slice(0, colon), field.slice(colon + 1)]
      if (name === 'qid') {
        query = value
        continue
      }
      const place = Number(name)
      const number = Number(value)
      if (colon < 1 || !Number.isInteger(place) || place < 0 || !Number.isFinite(number)) {
        throw new RangeError(`line ${index + 1}: "${field}" is not feature:value`)
      }
      features.push([place, number])
      widest = Math.max(widest, place + 1)
    }
    rows.push({ grade, query, features })
  }
  const { ids, first } = groups
    ? bySizes(groups, rows.length)
    : byIds(rows.map(({ query }) => query))
  const features = new Float32Array(rows.length * widest)
  rows.forEach((row, d) => {
    for (const [place, value] of row.features) features[d * widest + place] = value
  })
  return {
    queries: ids.length,
    documents: rows.length,
    queryIds: ids,
    documentIds: null,
    first,
    grade: Float32Array.from(rows, ({ grade }) => grade),
    width: widest,
    featureNames: Array.from({ length: widest }, (_, i) => String(i)),
    features,
  }
}

/** Sizes of the groups of a LightGBM `.query` file. */
export const parseGroups = (text: string): number[] => text.trim().split(/\s+/).map(Number)

function bySizes(groups: readonly number[], documents: number) {
  const first = new Int32Array(groups.length + 1)
  groups.forEach((size, q) => (first[q + 1] = first[q]! + size))
  const end = first[groups.length]!
  if (end !== documents) {
    throw new RangeError(`the groups hold ${end} documents, the file ${documents}`)
  }
  return { ids: groups.map((_, q) => String(q)), first }
}

function byIds(queries: readonly (string | null)[]) {
  const ids: string[] = []
  const first: number[] = []
  queries.forEach((query, d) => {
    if (query === null) {
      throw new RangeError(`document ${d + 1} names no query: write qid:…, or give a .query file`)
    }
    if (d > 0 && query === queries[d - 1]) return
    ids.push(query)
    first.push(d)
  })
  return { ids, first: Int32Array.from([...first, queries.length]) }
}
