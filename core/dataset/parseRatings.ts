import type { ImportProblem } from '../jobContract.ts'
import { canonicalRatings, type RawRatings } from './canonicalRatings.ts'
import { GrowingColumn } from './growingColumn.ts'
import { ratingColumns, type ColumnName, type RatingColumns } from './ratingColumns.ts'
import { readId, readRating, readTime, type FieldResult } from './ratingFields.ts'
import { RatingsError } from './ratingsError.ts'
import type { RatingsTable } from './ratingsTable.ts'
import { recordReader, separators } from './recordReader.ts'
import { textDecoder, type DecodedText } from './textDecoder.ts'

export interface ParseOptions {
  /** Rows that may be left out because they are bad; one more refuses the whole file. Default 0. */
  readonly toleratedBadRows?: number
  /** Or this share of all rows, when it is more. Default 0. */
  readonly toleratedShare?: number
  /** Told of every bad row, with the row as it is written. */
  readonly onBad?: (problem: ImportProblem, text: string) => void
  /** Default 50,000,000. */
  readonly maxRows?: number
}

/** Everything of a file, or nothing: a refused file throws. */
export interface ParsedRatings {
  readonly table: RatingsTable
  /** Tolerated bad rows and repeated ratings, at most 100. */
  readonly problems: readonly ImportProblem[]
  readonly badRows: number
}

/** Fed with the bytes of a file, piece by piece. After a throw it is of no further use. */
export interface RatingsParser {
  /** Good rows so far. */
  readonly rows: number
  /** @throws RatingsError */
  push(bytes: Uint8Array): void
  /** @throws RatingsError */
  finish(): ParsedRatings
}

const listedProblems = 100
/** A Map of V8 holds 2^24 entries. */
const maxIds = 16_000_000

/**
 * Reads MovieLens files (`u.data`, `ratings.dat`, `ratings.csv`) and any other table of user, item,
 * rating and perhaps time, whose columns are separated by a comma, tab, semicolon, `|` or `::`.
 * A pair of user and item that comes again is reported, and its last rating counts.
 */
export function parseRatings(options: ParseOptions = {}): RatingsParser {
  const { toleratedBadRows = 0, toleratedShare = 0, onBad, maxRows = 50_000_000 } = options
  const decoder = textDecoder()
  const problems: ImportProblem[] = []
  let badRows = 0
  let rows = 0
  let lines = 0 // begin of the last record, for an error that has no record
  let columns: RatingColumns | null = null

  const users = idRegister('users')
  const items = idRegister('items')
  const user = new GrowingColumn(Int32Array)
  const item = new GrowingColumn(Int32Array)
  const rating = new GrowingColumn(Float32Array)
  const time = new GrowingColumn(Float64Array)
  const line = new GrowingColumn(Uint32Array)

  const reader = recordReader((fields, start) => {
    lines = start
    if (columns === null) {
      columns = ratingColumns(fields)
      if (columns.isHeader) return
    }
    const wrong = takeRow(fields, start, columns)
    if (wrong === null) return
    badRows++
    onBad?.(wrong, fields.join(reader.separator ?? ','))
    if (problems.length < listedProblems) problems.push(wrong)
    // once the file is refused, read on only as far as the list of reasons goes
    const isRefused = toleratedShare === 0 && badRows > toleratedBadRows
    if (isRefused && problems.length === listedProblems) throw refused(true)
  })

  /** Keeps a good row; a bad one is left out and its first problem returned. */
  function takeRow(fields: string[], row: number, at: RatingColumns): ImportProblem | null {
    if (fields.length !== at.width) return wrongWidth(fields, row, at)
    const problem = (column: ColumnName, value: string, fix: string): ImportProblem => ({
      row,
      column,
      value: shortened(value),
      fix,
    })
    const read = <T>(index: number, parse: (text: string) => FieldResult<T>) =>
      parse(fields[index] ?? '')
    const userId = read(at.user, readId)
    if ('fix' in userId) return problem('user', fields[at.user]!, userId.fix)
    const itemId = read(at.item, readId)
    if ('fix' in itemId) return problem('item', fields[at.item]!, itemId.fix)
    const value = read(at.rating, readRating)
    if ('fix' in value) return problem('rating', fields[at.rating]!, value.fix)
    const when = at.time === null ? null : read(at.time, readTime)
    if (when !== null && 'fix' in when) return problem('time', fields[at.time!]!, when.fix)

    if (rows === maxRows) {
      throw new RatingsError(
        'tooManyRows',
        `the file has more than ${maxRows} ratings: import a part of it`,
      )
    }
    user.push(users.number(userId.value))
    item.push(items.number(itemId.value))
    rating.push(value.value)
    if (when !== null) time.push(when.value)
    line.push(row)
    rows++
    return null
  }

  function wrongWidth(fields: string[], row: number, at: RatingColumns): ImportProblem {
    const text = fields.join(reader.separator ?? ',')
    const other = separators.find(
      (mark) => mark !== reader.separator && text.split(mark).length === at.width,
    )
    return {
      row,
      column: '',
      value: shortened(text),
      fix:
        `this row has ${fields.length} columns where ${at.width} belong` +
        (other === undefined
          ? ': complete or remove it'
          : `: it is separated by ${named(other)}, the file by ${named(reader.separator ?? ',')}`),
    }
  }

  function refused(stoppedEarly: boolean): RatingsError {
    const [first] = problems
    const count = stoppedEarly ? `${badRows} or more` : String(badRows)
    const where = first ? `; the first is ${describeProblem(first)}` : ''
    const what = badRows === 1 ? 'one row is' : `${count} rows are`
    return new RatingsError(
      'badRows',
      `${what} not a rating, nothing was imported${where}`,
      problems,
    )
  }

  function take({ text, problem }: DecodedText): void {
    reader.push(text)
    if (problem === null) return
    throw new RatingsError('notText', lines === 0 ? problem : `after line ${lines}: ${problem}`)
  }

  return {
    get rows() {
      return rows
    },
    push: (bytes) => take(decoder.push(bytes)),
    finish() {
      take(decoder.end())
      reader.end()
      const tolerated = Math.max(toleratedBadRows, toleratedShare * (rows + badRows))
      if (badRows > tolerated) throw refused(false)
      if (rows === 0 && badRows > 0) throw refused(false)
      if (columns === null) {
        throw new RatingsError(
          'empty',
          'the file is empty: it needs user, item and rating per line',
        )
      }
      if (rows === 0) {
        throw new RatingsError('headerOnly', 'the file has a header but no ratings below it')
      }
      const raw: RawRatings = {
        user: user.take(),
        item: item.take(),
        rating: rating.take(),
        time: columns.time === null ? null : time.take(),
        line: line.take(),
        userIds: users.ids(),
        itemIds: items.ids(),
      }
      const { table, repeated } = canonicalRatings(raw, listedProblems - problems.length)
      return { table, problems: [...problems, ...repeated], badRows }
    },
  }
}

/** 'line 3, rating "abc": write a finite number such as 4 or 3.5' */
export function describeProblem({ row, column, value, fix }: ImportProblem): string {
  return `line ${row}${column === '' ? '' : `, ${column}`} "${value}": ${fix}`
}

function idRegister(what: string) {
  const numbers = new Map<string, number>()
  return {
    number(id: string): number {
      const known = numbers.get(id)
      if (known !== undefined) return known
      if (numbers.size === maxIds) {
        throw new RatingsError('tooManyIds', `the file has more than ${maxIds} ${what}`)
      }
      // a field is a view into the text of its whole piece of the file: a copy lets that go
      numbers.set(Array.from(id).join(''), numbers.size)
      return numbers.size - 1
    },
    ids: () => [...numbers.keys()],
  }
}

const named = (separator: string): string => (separator === '\t' ? 'tabs' : `"${separator}"`)

function shortened(value: string): string {
  const text = value.trim()
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
