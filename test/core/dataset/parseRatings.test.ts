import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRatings } from '#core/dataset/parseRatings'
import { RatingsError, ratingsErrorCodes, type RatingsErrorCode } from '#core/dataset/ratingsError'
import { encodeRatings, ratingsHash } from '#core/dataset/ratingsTable'
import { parse, rowsOf, utf16, utf8 } from './bytes.ts'

const rows = [
  ['1', '10', 4, 100],
  ['1', '20', 3.5, 101],
  ['2', '10', 1, 102],
]

describe('the formats that are read', () => {
  it.each<[string, string | Uint8Array]>([
    ['MovieLens u.data', '1\t10\t4\t100\n1\t20\t3.5\t101\n2\t10\t1\t102\n'],
    ['MovieLens ratings.dat', '1::10::4::100\n1::20::3.5::101\n2::10::1::102\n'],
    [
      'MovieLens ratings.csv',
      'userId,movieId,rating,timestamp\n1,10,4.0,100\n1,20,3.5,101\n2,10,1,102\n',
    ],
    [
      'columns in another order',
      'Rating;Time;Item ID;user_id\n4;100;10;1\n3.5;101;20;1\n1;102;10;2',
    ],
    [
      'columns that nobody needs',
      'user,title,item,rating,ts\n1,"a, b",10,4,100\n1,c,20,3.5,101\n2,,10,1,102',
    ],
    ['CRLF', '1,10,4,100\r\n1,20,3.5,101\r\n2,10,1,102\r\n'],
    ['lone CR', '1,10,4,100\r1,20,3.5,101\r2,10,1,102\r'],
    ['no line end at the end', '1,10,4,100\n1,20,3.5,101\n2,10,1,102'],
    ['blank lines', '\n1,10,4,100\n\n1,20,3.5,101\n   \n2,10,1,102\n\n'],
    ['quoted fields', '"1","10","4","100"\n"1",20,"3.5",101\n2,"10",1,102\n'],
    ['spaces round fields', ' 1 , 10 , 4 , 100\n1, 20, 3.5, 101\n2, 10, 1, 102'],
    ['bars', '1|10|4|100\n1|20|3.5|101\n2|10|1|102'],
    ['a UTF-8 mark', '\ufeffuser,item,rating,time\n1,10,4,100\n1,20,3.5,101\n2,10,1,102'],
    ['UTF-16 LE', utf16('1\t10\t4\t100\r\n1\t20\t3.5\t101\r\n2\t10\t1\t102', true)],
    ['UTF-16 BE', utf16('1,10,4,100\n1,20,3.5,101\n2,10,1,102', false)],
    ['UTF-16 LE without a mark', utf16('1,10,4,100\n1,20,3.5,101\n2,10,1,102', true, false)],
    ['rows in another order', '2,10,1,102\n1,20,3.5,101\n1,10,4,100'],
    ['scientific numbers', '1,10,4e0,1e2\n1,20,+.35e1,101\n2,10,10E-1,102'],
    [
      'dates',
      'user,item,rating,date\n1,10,4,1970-01-01 00:01:40\n1,20,3.5,1970-01-01T01:01:41+01:00\n2,10,1,1970-01-01T00:01:42Z',
    ],
  ])('%s', (_name, file) => {
    for (const chunk of [1, 2, 3, 1000]) {
      const parsed = parse(file, {}, chunk)
      expect(rowsOf(parsed)).toEqual(rows)
      expect(parsed.problems).toEqual([])
      expect(parsed.table).toMatchObject({ users: 2, items: 2, minRating: 1, maxRating: 4 })
    }
  })

  it('has no time where the file has none', () => {
    expect(parse('1,10,4\n1,20,5').table.time).toBeNull()
    expect(parse('item,user,stars\n10,1,4').table.time).toBeNull()
  })

  it('reads quotes, separators, line ends and any script inside a quoted id', () => {
    const file = 'user,item,rating\n"a ""b"", c","line\none",5\nÅsa 用户 😀,x,1\n'
    for (const chunk of [1, 5, 100]) {
      expect(rowsOf(parse(file, {}, chunk))).toEqual([
        ['a "b", c', 'line\none', 5],
        ['Åsa 用户 😀', 'x', 1],
      ])
    }
  })

  it('orders ids as numbers where they are numbers', () => {
    expect(parse('10,b,1\n9,a,1\nx,B,1\n100,a,1').table.userIds).toEqual(['9', '10', '100', 'x'])
  })

  it('gives one hash to one content, whatever the order and the separator', () => {
    const hash = (file: string) => ratingsHash(encodeRatings(parse(file).table))
    const first = hash('1,10,4\n2,20,5\n')
    expect(hash('user;item;rating\r\n2;20;5\r\n1;10;4.0\r\n')).toBe(first)
    expect(hash('1,10,4\n2,20,4\n')).not.toBe(first)
    expect(hash('1,10,4\n3,20,5\n')).not.toBe(first)
  })

  it('lets the last of a repeated pair count, and says so', () => {
    const parsed = parse('1,10,4\n1,20,1\n1,10,5\n1,10,2\n')
    expect(rowsOf(parsed)).toEqual([
      ['1', '10', 2],
      ['1', '20', 1],
    ])
    expect(parsed.problems.map(({ row, value, fix }) => [row, value, fix])).toEqual([
      [3, '1, 10', 'the same user and item as in line 1; this later rating counts'],
      [4, '1, 10', 'the same user and item as in line 3; this later rating counts'],
    ])
  })

  it('lists at most 100 repeated rows and counts the others', () => {
    const parsed = parse('1,10,4\n'.repeat(151))
    expect(parsed.problems).toHaveLength(100)
    expect(parsed.problems.at(-1)!.fix).toContain('and 50 more repeated rows')
  })
})

describe('what is refused', () => {
  const good = '1,10,4,100\n'
  const many = 'x'.repeat(70_000)
  const table: [
    name: string,
    file: string | Uint8Array,
    code: RatingsErrorCode,
    words: string[],
  ][] = [
    ['an empty file', '', 'empty', ['empty']],
    ['blank lines alone', '\n\n  \n', 'empty', ['empty']],
    ['a mark alone', '\ufeff', 'empty', ['empty']],
    ['a header alone', 'user,item,rating\n', 'headerOnly', ['no ratings']],
    ['a header without rating', 'user,item,time\n1,2,3\n', 'header', ['no rating', '"time"']],
    ['a header without item', 'userId;rating\n1;3\n', 'header', ['no item']],
    ['a header of other names', 'a,b,c\n1,2,3\n', 'badRows', ['line 1', 'rating', '"c"']],
    ['prose', 'once upon a time\n', 'noSeparator', ['line 1', 'comma']],
    ['one column', '1\n2\n', 'noSeparator', ['line 1']],
    ['two columns', '1,2\n3,4\n', 'badRows', ['2 columns where 3']],
    ['five columns without a header', '1,2,3,4,5\n', 'badRows', ['5 columns where 4']],
    ['a short row', `${good}1,20,3\n`, 'badRows', ['line 2', '3 columns where 4']],
    ['a long row', `${good}1,20,3,101,9\n`, 'badRows', ['line 2', '5 columns where 4']],
    ['mixed separators', `${good}1;20;3;101\n`, 'badRows', ['line 2', 'separated by ";"']],
    ['tabs in a file of commas', `${good}1\t20\t3\t101\n`, 'badRows', ['separated by tabs']],
    ['a rating in words', `${good}1,20,good,101\n`, 'badRows', ['line 2', 'rating', '"good"']],
    ['NaN as rating', `${good}1,20,NaN,101\n`, 'badRows', ['rating "NaN"', 'finite number']],
    ['Infinity as rating', `${good}1,20,Infinity,101\n`, 'badRows', ['rating "Infinity"']],
    ['−Infinity as rating', `${good}1,20,-inf,101\n`, 'badRows', ['rating "-inf"']],
    ['an overflow', `${good}1,20,1e999,101\n`, 'badRows', ['1e999', '1e9']],
    ['an empty rating', `${good}1,20,,101\n`, 'badRows', ['line 2, rating ""']],
    ['a decimal comma', '1;20;3,5;101\n', 'badRows', ['"3,5"', '3.5']],
    ['a hexadecimal rating', `${good}1,20,0x10,101\n`, 'badRows', ['"0x10"']],
    ['a rating with a unit', `${good}1,20,4 stars,101\n`, 'badRows', ['"4 stars"']],
    ['a negative user id', `${good}-1,20,3,101\n`, 'badRows', ['user "-1"', 'not negative']],
    ['a negative item id', `${good}1,-20,3,101\n`, 'badRows', ['item "-20"', 'not negative']],
    ['an empty user id', `${good},20,3,101\n`, 'badRows', ['user ""']],
    ['NaN as id', `${good}NaN,20,3,101\n`, 'badRows', ['user "NaN"', 'missing']],
    ['null as id', `${good}1,null,3,101\n`, 'badRows', ['item "null"', 'missing']],
    ['an endless id', `${good}${'u'.repeat(300)},20,3,101\n`, 'badRows', ['200 characters']],
    ['a negative time', `${good}1,20,3,-5\n`, 'badRows', ['time "-5"']],
    ['milliseconds', `${good}1,20,3,881250949000\n`, 'badRows', ['divide by 1,000']],
    ['an empty time', `${good}1,20,3,\n`, 'badRows', ['time ""']],
    ['a date that is none', `${good}1,20,3,2020-02-30\n`, 'badRows', ['"2020-02-30"']],
    ['a time that is none', `${good}1,20,3,2020-02-03 25:00\n`, 'badRows', ['time']],
    ['an open quote', `${good}"1,20,3,101\n2,20,3,101\n`, 'openQuote', ['line 2', 'never closed']],
    ['a quote open for ever', `1,2,3\n"a\n${'b\n'.repeat(40_000)}`, 'openQuote', ['line 2']],
    ['a line without end', `${good}${many}`, 'lineTooLong', ['line 2', '65536']],
    ['a first line without end', many, 'lineTooLong', ['line 1']],
    [
      'Latin-1',
      Uint8Array.from([...utf8(good), 0xe9, 0x2c, 0x31]),
      'notText',
      ['after line 1', '0xE9', 'UTF-8'],
    ],
    ['an overlong character', Uint8Array.from([0x31, 0x2c, 0xc0, 0x80]), 'notText', ['0xC0']],
    ['half a character', Uint8Array.from([...utf8('1,2,3'), 0xe7, 0x94]), 'notText', ['0xE7']],
    [
      'a surrogate in UTF-8',
      Uint8Array.from([0x31, 0x2c, 0xed, 0xa0, 0x80, 0x2c]),
      'notText',
      ['0xED'],
    ],
    ['half of a pair in UTF-16', utf16('1,\ud83d,3\n', true), 'notText', ['half a character']],
    [
      'odd bytes of UTF-16',
      utf16('1,2,3', true).subarray(0, 11),
      'notText',
      ['middle of a character'],
    ],
    ['a zero byte', '1,2\0,3\n', 'notText', ['zero byte']],
    ['a zip archive', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0]), 'notText', ['compressed']],
    ['a gzip archive', Uint8Array.from([0x1f, 0x8b, 8, 0, 0]), 'notText', ['compressed']],
    ['a Parquet file', utf8('PAR1....'), 'notText', ['Parquet']],
    ['a PNG picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10]), 'notText', ['0x89']],
  ]

  it.each(table)('%s', (_name, file, code, words) => {
    for (const chunk of [1, 1000, 1_000_000]) {
      if (file.length > 10_000 && chunk === 1) continue
      const error = refusal(() => parse(file, {}, chunk))
      expect(error.code).toBe(code)
      for (const word of words) expect(error.message).toContain(word)
    }
  })

  it('has a case for every code but the two limits, which follow', () => {
    const seen = new Set(table.map(([, , code]) => code)).add('tooManyRows').add('tooManyIds')
    expect([...seen].sort()).toEqual([...ratingsErrorCodes].sort())
  })

  it('stops at the limit of rows', () => {
    expect(refusal(() => parse('1,1,1\n1,2,1\n1,3,1\n', { maxRows: 2 })).code).toBe('tooManyRows')
    expect(parse('1,1,1\n1,2,1\n', { maxRows: 2 }).table.rating).toHaveLength(2)
  })

  it('refuses a gigabyte without a line end before it has taken two chunks', () => {
    const parser = parseRatings()
    const chunk = utf8('1'.repeat(64 * 1024))
    let pushed = 0
    const error = refusal(() => {
      for (; pushed < 16_384; pushed++) parser.push(chunk)
    })
    expect(error.code).toBe('lineTooLong')
    expect(pushed).toBeLessThanOrEqual(2)
  })

  it('lists the first 100 bad rows with line, column, value and repair, then stops', () => {
    const error = refusal(() => parse(`${good}${'1,20,bad,101\n'.repeat(500)}`))
    expect(error.problems).toHaveLength(100)
    expect(error.problems[0]).toEqual({
      row: 2,
      column: 'rating',
      value: 'bad',
      fix: 'write a finite number such as 4 or 3.5',
    })
    expect(error.message).toMatch(/^100 or more rows are not a rating, nothing was imported/)
  })

  it('leaves out as many bad rows as it is allowed to, and reports them', () => {
    const file = `${good}1,20,bad,101\n2,10,1,102\n`
    const parsed = parse(file, { toleratedBadRows: 1 })
    expect(rowsOf(parsed)).toEqual([rows[0], rows[2]])
    expect(parsed.problems).toHaveLength(1)
    expect(() => parse(`${file}3,,1,1\n`, { toleratedBadRows: 1 })).toThrow('2 rows are')
    expect(() => parse('1,2,x\n', { toleratedBadRows: 5 })).toThrow('one row is')
  })
})

describe('any bytes at all', () => {
  const pieces = fc.constantFrom(
    '1',
    '2',
    '10',
    'a',
    'user',
    'item',
    'rating',
    'time',
    ',',
    ',',
    ';',
    '\t',
    '::',
    '|',
    '"',
    '""',
    '\n',
    '\n',
    '\r\n',
    '\r',
    '-',
    '.',
    'e',
    'NaN',
    ' ',
    'é',
    '用',
    '\ufeff',
    '\0',
  )
  const texts = fc.array(pieces, { maxLength: 60 }).map((parts) => utf8(parts.join('')))

  it('are read or refused by name, and the pieces they come in do not matter', () => {
    const outcome = (bytes: Uint8Array, chunk: number) => {
      try {
        return { rows: rowsOf(parse(bytes, {}, chunk)) }
      } catch (error) {
        expect(error).toBeInstanceOf(RatingsError)
        return { error: (error as RatingsError).message }
      }
    }
    const anything = fc.oneof(fc.uint8Array({ maxLength: 80 }), texts)
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 9 }), (bytes, chunk) => {
        expect(outcome(bytes, chunk)).toEqual(outcome(bytes, 1000))
      }),
      { numRuns: 3000 },
    )
  })

  it('that are a table come back as the same table', () => {
    const row = fc.tuple(
      fc.stringMatching(/^[a-z "',;]{0,5}x$/), // no word for a missing value ends so
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 1, max: 10 }).map((half) => half / 2),
    )
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (list) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
        const file = list.map(([u, i, r]) => `${quoted(u)},${i},${r}`).join('\n')
        const expected = new Map(
          list.map(([u, i, r]) => [JSON.stringify([u.trim(), String(i)]), r]),
        )
        const found = rowsOf(parse(file)).map(([u, i, r]) => [JSON.stringify([u, i]), r] as const)
        expect(new Map(found)).toEqual(expected)
      }),
    )
  })
})

describe('MovieLens 100K', () => {
  const file = '../shared/data/ml-100k/u.data'
  it.skipIf(!existsSync(file))(`has the known totals (needs ${file})`, () => {
    const { table, problems } = parse(readFileSync(file), {}, 256 * 1024)
    expect(problems).toEqual([])
    expect(table).toMatchObject({ users: 943, items: 1682, minRating: 1, maxRating: 5 })
    const counts = [0, 0, 0, 0, 0]
    for (const rating of table.rating) counts[rating - 1]!++
    expect(counts).toEqual([6110, 11370, 27145, 34174, 21201])
    expect(table.time).toHaveLength(100_000)
  })
})

function refusal(parseIt: () => unknown): RatingsError {
  try {
    parseIt()
  } catch (error) {
    expect(error).toBeInstanceOf(RatingsError)
    return error as RatingsError
  }
  throw new Error('the file was not refused')
}
