import { RatingsError } from './ratingsError.ts'

export const separators = ['::', '\t', ';', ',', '|'] as const
type Separator = (typeof separators)[number]

/** Longest record that is read, in characters: a file without line ends is refused early. */
const maxRecordLength = 65_536

export interface RecordReader {
  /** The separator, once the first line has been seen. */
  readonly separator: Separator | null
  push(text: string): void
  end(): void
}

/** A record whose quoted field goes on in the next line. */
interface OpenRecord {
  readonly lines: string[]
  length: number
  readonly line: number
}

/**
 * Cuts text into records of fields. Lines end with LF, CRLF or (as in the first line) a lone CR;
 * fields may be quoted as in RFC 4180, with separators, line ends and doubled quotes inside.
 * Blank lines are skipped. The separator is the one that cuts the first line most often.
 *
 * @param onRecord called with the fields and the 1-based line where the record begins
 * @throws RatingsError `lineTooLong`, `openQuote` or `noSeparator`
 */
export function recordReader(onRecord: (fields: string[], line: number) => void): RecordReader {
  let separator: Separator | null = null
  let lineEnd: '\n' | '\r' | null = null
  let carry = ''
  let line = 1
  let open: OpenRecord | null = null

  function takeLine(raw: string): void {
    const text = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    const start = open?.line ?? line
    line++
    if (text.length + (open?.length ?? 0) > maxRecordLength) throw tooLong(start, open !== null)
    if (open) {
      open.lines.push(text)
      open.length += text.length + 1
      if (!text.includes('"')) return // only a quote can end the field
    } else if (text.trim() === '') {
      return
    }
    const record = open ? open.lines.join('\n') : text
    separator ??= separatorOf(record)
    if (separator === null) {
      throw new RatingsError(
        'noSeparator',
        `line ${start} has no separator: write user, item and rating apart by a comma, tab, semicolon, "|" or "::"`,
      )
    }
    if (separator === '::' || !record.includes('"')) {
      onRecord(record.split(separator), start)
      return
    }
    const fields = quotedFields(record, separator)
    if (fields === null) {
      open ??= { lines: [text], length: text.length, line: start }
    } else {
      open = null
      onRecord(fields, start)
    }
  }

  return {
    get separator() {
      return separator
    },
    push(text) {
      let all = carry + text
      if (lineEnd === null) {
        const at = all.search(/[\r\n]/)
        // a CR at the very end may be the first half of a CRLF
        if (at >= 0 && !(all[at] === '\r' && at === all.length - 1)) {
          lineEnd = all[at] === '\r' && all[at + 1] !== '\n' ? '\r' : '\n'
        }
      }
      if (lineEnd !== null) {
        let from = 0
        for (let to = all.indexOf(lineEnd); to >= 0; to = all.indexOf(lineEnd, from)) {
          takeLine(all.slice(from, to))
          from = to + 1
        }
        all = all.slice(from)
      }
      carry = all
      if (carry.length + (open?.length ?? 0) > maxRecordLength) {
        throw tooLong(open?.line ?? line, open !== null)
      }
    },
    end() {
      if (carry !== '') takeLine(carry)
      carry = ''
      if (open) {
        throw new RatingsError(
          'openQuote',
          `the quote that opens in line ${open.line} is never closed: close it, or double a quote that belongs to the value`,
        )
      }
    },
  }
}

function tooLong(line: number, quoted: boolean): RatingsError {
  return quoted
    ? new RatingsError(
        'openQuote',
        `a quote that opens in line ${line} is not closed within ${maxRecordLength} characters: close it, or double a quote that belongs to the value`,
      )
    : new RatingsError(
        'lineTooLong',
        `line ${line} is longer than ${maxRecordLength} characters: put each rating on a line of its own`,
      )
}

/** The separator that cuts the line into most fields, quoted parts left out; null when none does. */
function separatorOf(line: string): Separator | null {
  const bare = line.replace(/"[^"]*"?/g, '')
  let best: Separator | null = null
  let most = 1
  for (const separator of separators) {
    const count = bare.split(separator).length
    if (count > most) [best, most] = [separator, count]
  }
  return best
}

/** Fields of a record with quotes; null while a quoted field is still open. */
export function quotedFields(record: string, separator: string): string[] | null {
  const fields: string[] = []
  let at = 0
  for (;;) {
    let field = ''
    if (record[at] === '"') {
      at++
      for (;;) {
        const quote = record.indexOf('"', at)
        if (quote < 0) return null
        field += record.slice(at, quote)
        at = quote + 1
        if (record[at] !== '"') break
        field += '"'
        at++
      }
    }
    const end = record.indexOf(separator, at)
    field += record.slice(at, end < 0 ? record.length : end)
    fields.push(field)
    if (end < 0) return fields
    at = end + separator.length
  }
}
