import { isNumber, readTime } from './ratingFields.ts'
import { quotedFields } from './recordReader.ts'
import type { Sniffed, SourceFormat } from './sniffed.ts'

export const maxColumns = 4096
const shownRows = 50
const separators = ['\t', ',', ';', '|', '::'] as const

/** Why a head of a file is no table. */
export class SniffError extends Error {
  override readonly name = 'SniffError'
}

const svmRow = /^\s*[+-]?\d+(\.\d+)?(\s+qid:\S+)?\s+\d+:[^\s:]+(\s+\d+:[^\s:]+)*\s*(#.*)?$/

/**
 * Finds out how a text file is built from its head.
 * @param isWhole the head is the whole file; else its last line may be cut off and does not count
 * @param known how it is built, where that is known already
 * @throws SniffError naming what is missing
 */
export function sniffText(
  head: string,
  isWhole: boolean,
  known: SourceFormat | null = null,
): Sniffed {
  const lines = head.split(/\r\n|\n|\r/)
  if (!isWhole && lines.length > 1) lines.pop()
  const filled = lines.filter((line) => line.trim() !== '').slice(0, 4 * shownRows)
  const [first] = filled
  if (first === undefined) throw new SniffError('the file is empty')
  if (known?.id === 'delimited') return tableOf(filled, known)
  if (first.trimStart().startsWith('{')) return sniffJson(filled)
  if (filled.slice(0, 20).every((line) => svmRow.test(line))) {
    const rows = filled.slice(0, shownRows).map((line) => [shortened(line)])
    return { format: { id: 'libsvm' }, columns: ['line'], rows }
  }
  return sniffTable(filled)
}

function sniffJson(lines: readonly string[]): Sniffed {
  const objects = lines.flatMap((line): Record<string, unknown>[] => {
    try {
      const value: unknown = JSON.parse(line)
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? [value as Record<string, unknown>]
        : []
    } catch {
      return [] // the import names the line
    }
  })
  const columns = [...new Set(objects.flatMap(Object.keys))]
  if (columns.length === 0) {
    throw new SniffError('no line is a JSON object: write one object per line')
  }
  requireWidth(columns.length)
  const text = (value: unknown) =>
    value === undefined || value === null
      ? ''
      : typeof value === 'string'
        ? value
        : JSON.stringify(value)
  const rows = objects
    .slice(0, shownRows)
    .map((object) => columns.map((column) => shortened(text(object[column]))))
  return { format: { id: 'json' }, columns, rows }
}

function sniffTable(lines: readonly string[]): Sniffed {
  const separator = separatorOf(lines.slice(0, 20))
  const marked = lines.some((line) => line.startsWith('"') || line.includes(`${separator}"`))
  const quoted =
    separator !== '::' &&
    (marked ? separator !== '\t' || closes(lines[0]!) : separator === ',' || separator === ';')
  const [first = []] = recordsOf(lines, separator, quoted)
  const header = !first.some((field) => isNumber(field) || 'value' in readTime(field))
  return tableOf(lines, { id: 'delimited', separator, quoted, header })
}

function tableOf(
  lines: readonly string[],
  format: Extract<SourceFormat, { readonly id: 'delimited' }>,
): Sniffed {
  const { separator, quoted, header } = format
  const records = recordsOf(lines, separator, quoted)
  const [first = []] = records
  requireWidth(first.length)
  const columns = header
    ? distinct(first.map((name, i) => name.trim() || `column ${i + 1}`))
    : first.map((_, i) => `column ${i + 1}`)
  const rows = records
    .slice(header ? 1 : 0, shownRows)
    .map((fields) => columns.map((_, i) => shortened(fields[i] ?? '')))
  return { format, columns, rows }
}

/** The separator that cuts every line into equally many fields; else the one that cuts most. */
function separatorOf(lines: readonly string[]): string {
  const bare = lines.map((line) => line.replace(/"[^"]*"?/g, ''))
  let best = { separator: '', width: 1, even: false }
  for (const separator of separators) {
    const widths = bare.map((line) => line.split(separator).length)
    const width = widths[0]!
    const even = widths.every((other) => other === width)
    if (width < 2) continue
    if ((even && !best.even) || (even === best.even && width > best.width)) {
      best = { separator, width, even }
    }
  }
  if (best.separator === '') {
    throw new SniffError(
      'the first line has no separator: keep columns apart by a comma, tab, semicolon, "|" or "::"',
    )
  }
  return best.separator
}

function recordsOf(lines: readonly string[], separator: string, quoted: boolean): string[][] {
  const records: string[][] = []
  let open = ''
  for (const line of lines) {
    const text = open === '' ? line : `${open}\n${line}`
    const fields = quoted ? quotedFields(text, separator) : text.split(separator)
    open = fields === null ? text : ''
    if (fields !== null) records.push(fields)
  }
  return records
}

const closes = (line: string): boolean => (line.match(/"/g)?.length ?? 0) % 2 === 0

function requireWidth(width: number): void {
  if (width <= maxColumns) return
  throw new SniffError(`the file has ${width} columns; at most ${maxColumns} can be read`)
}

function distinct(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text)
