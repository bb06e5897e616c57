import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RpcError } from '#core/rpc/rpcError'
import { importing, type Importing } from '../../support/importing.ts'
import { csvOf, logRows } from '../../support/logText.ts'

let t: Importing
beforeAll(() => {
  t = importing()
})
afterAll(() => t.end())

const rows = logRows().slice(0, 80)
type Row = (typeof rows)[number]
const csv = csvOf(rows)
const bytes = Buffer.from(csv)
const head = 'impression_id,user_id,timestamp,position,item_id,team,click'
const bandit = 'time,user,action,position,propensity,reward'

/** The log with one row changed. */
const with7 = (change: Partial<Record<keyof Row, string | number>>) =>
  csvOf(rows.map((row, i) => (i === 7 ? ({ ...row, ...change } as Row) : row)))
const line = (...values: readonly (string | number)[]) => values.join(',')
const spliced = (at: number, ...put: readonly string[]) => {
  const lines = csv.split('\n')
  lines.splice(at, 0, ...put)
  return lines.join('\n')
}

/** What each file is, and what its error says. Every one is refused whole, with no bad row allowed. */
const refused: readonly (readonly [name: string, content: string | Uint8Array, says: RegExp])[] = [
  ['empty.csv', '', /the file is empty/],
  ['blank.csv', '\n\n  \n', /the file is empty/],
  ['header only.csv', `${head}\n`, /no row is left|none of the 0 rows/],
  ['poem.txt', 'shall I compare thee\nto a summer day\n', /no separator/],
  ['one column.csv', 'impression_id\n1\n2\n', /no separator/],
  ['unknown.csv', 'colour,shape\nred,round\n', /of no known format.*"colour", "shape"/],
  ['cut.csv.gz', gzipSync(csv).subarray(0, 120), /can not be unpacked.*ends too early/],
  ['cut.csv.zst', zstdCompressSync(csv).subarray(0, 120), /can not be unpacked/],
  ['broken.csv.gz', broken(gzipSync(csv)), /can not be unpacked|not UTF-8|zero byte/],
  ['trailing.gz', Buffer.concat([gzipSync('').subarray(0, 10)]), /can not be unpacked|empty/],
  [
    'bomb.csv.gz',
    gzipSync(Buffer.concat([Buffer.from(`${head}\n`), Buffer.alloc(70 << 20, 'i,u,1,1,d,A,0\n')])),
    /more than 250 times its size/,
  ],
  [
    'one line bomb.gz',
    gzipSync(Buffer.alloc(3 << 20, 0x61)),
    /no separator|more than 1048576 bytes/,
  ],
  ['archive.zip', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), /zip archive/],
  ['sheet.csv.bz2', Buffer.from('BZh91AY&SY'), /bzip2/],
  ['deflated.csv', deflateRawSync(csv), /not UTF-8|zero byte/],
  ['fake.parquet', Buffer.from(`PAR1${csv}`), /says it is Parquet, but is damaged/],
  ['fake end.parquet', Buffer.from(`PAR1${csv}PAR1`), /says it is Parquet, but is damaged/],
  ['latin1.csv', Buffer.from(csv.replace('d3', 'dé'), 'latin1'), /line \d+ is not UTF-8/],
  [
    'late latin1.csv',
    Buffer.from(`${csv.repeat(90)}é`, 'latin1'),
    /line \d+ is not UTF-8|middle of a character/,
  ],
  [
    'cut utf8.csv',
    Buffer.concat([bytes, Buffer.from([0xe2, 0x82])]),
    /middle of a character|not UTF-8/,
  ],
  ['half utf16.csv', Buffer.from([0xff, 0xfe, 0x61, 0, 0, 0xd8, 0x62, 0]), /UTF-16/i],
  ['zero bytes.csv', csv.replace('u1,', 'u\0,'), /zero byte/],
  [
    'giant line.csv',
    `${head}\n${'x'.repeat(2 << 20)}\n${csv}`,
    /a line of more than 1048576 bytes/,
  ],
  [
    'wide.csv',
    `${Array.from({ length: 60_000 }, (_, i) => `c${i}`).join(',')}\n1\n`,
    /has \d+ columns; at most 4096/,
  ],
  [
    'million.csv',
    `${'c,'.repeat(1_000_000)}c\n1,2\n`,
    /has \d+ columns; at most 4096|more than 1048576 bytes/,
  ],
  ['ragged.csv', spliced(9, 'i9,u9'), /line 10.*too few columns/],
  [
    'too wide.csv',
    spliced(9, line('i9', 'u9', 1, 1, 'd', 'A', 0, 'x', 'y', 'z')),
    /line 10.*too many columns/,
  ],
  ['open quote.csv', spliced(9, '"i9,u9,1,1,d,A,0,x'), /line \d+/],
  ['stray quote.csv', spliced(9, 'i9,"u"9,1,1,d,A,0,x'), /line 10/],
  ['future.csv', with7({ timestamp: 4_000_000_000 }), /line 9, timestamp.*in the future/],
  ['past.csv', with7({ timestamp: -5 }), /line 9, timestamp.*after 1970/],
  ['no time.csv', with7({ timestamp: 'yesterday' }), /line 9, timestamp "yesterday"/],
  ['infinite.csv', with7({ timestamp: '1e999' }), /line 9, timestamp/],
  ['negative position.csv', with7({ position: -1 }), /line 9, position "-1": write 0 or more/],
  ['half position.csv', with7({ position: 1.5 }), /line 9, position "1.5"/],
  ['deep.csv', with7({ position: 99_999 }), /line 9, position.*at most 32,000/],
  ['no user.csv', with7({ user_id: '' }), /line 9, user_id.*write a value/],
  ['nan user.csv', with7({ user_id: 'NaN' }), /line 9, user_id.*missing value/],
  ['long id.csv', with7({ item_id: 'd'.repeat(300) }), /line 9, item_id.*at most 200/],
  ['no click.csv', with7({ click: 'maybe' }), /line 9, click "maybe": write 1 or 0/],
  ['same position.csv', with7({ position: 3 }), /line 9, position.*has this already/],
  ['same item.csv', with7({ item_id: rows[6]!['item_id']! }), /line 9, item_id.*shows this item/],
  ['other user.csv', with7({ user_id: 'somebody' }), /line 9, user_id.*another user/],
  ['twice.csv', `${csv}${csv.split('\n').slice(1, 9).join('\n')}\n`, /has this already/],
  ['one team.csv', csv.replaceAll(',B,', ',A,'), /team column has one value/],
  [
    'many teams.csv',
    csvOf(rows.map((row, i) => ({ ...row, team: `t${i}` }))),
    /more than 6 values/,
  ],
  ['propensity 0.csv', `${bandit}\n1,u,a,1,0.5,1\n2,u,a,1,0,1\n`, /line 3, propensity "0"/],
  [
    'propensity 2.csv',
    `${bandit}\n1,u,a,1,0.5,1\n2,u,a,1,1.2,1\n`,
    /line 3, propensity "1.2".*at most 1/,
  ],
  ['no reward.csv', `${bandit}\n1,u,a,1,0.5,1\n2,u,a,1,0.5,inf\n`, /line 3, reward/],
  [
    'half.jsonl',
    `{"impression_id":1,"user_id":2}\n{"impression_id":`,
    /of no known format|can be read|line 2/,
  ],
  ['list.jsonl', '[1,2,3]\n[4]\n', /of no known format|no JSON object|no separator/],
  ['no group.svm', '1 1:0.5 2:1\n0 1:0.1\n', /name no query/],
  ['bad feature.svm', '1 qid:1 1:0.5\n0 qid:1 1:abc\n', /line 2, features/],
  [
    'bad label.tsv',
    `1\tu\t1000000000\tN1 N2\tN3-1 N4-0\n2\tu\t1000000000\tN1\tN3-1 N4\n`,
    /of no known|line 2/,
  ],
]

describe('a hostile file is refused by name, and leaves nothing', () => {
  it.each(refused)('%s', async (name, content, says) => {
    const error: unknown = await t
      .run(t.write(name, content), { maxBad: 0 })
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RpcError)
    const { code, message, fields } = error as RpcError
    expect(code).toBe('BAD_FILE')
    expect([message, ...fields.map((field) => field.message)].join('\n')).toMatch(says)
    expect(message).not.toContain(t.base)
    expect(readdirSync(t.folder)).toEqual([])
  })

  it.skipIf(process.platform === 'win32')('what is no file', async () => {
    const folder = join(t.base, 'folder.csv')
    mkdirSync(folder)
    const pipe = join(t.base, 'pipe.csv')
    execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', pipe])
    const loop = join(t.base, 'loop.csv')
    symlinkSync(loop, loop)
    const says = async (file: string, words: RegExp) =>
      expect(t.run(file)).rejects.toMatchObject({ message: expect.stringMatching(words) })
    await says(folder, /is a folder/)
    await says(pipe, /not a plain file/)
    await says('/dev/zero', /not a plain file/)
    await says(loop, /can not be read/)
    await says(join(t.base, 'absent.csv'), /there is no file/)
    expect(readdirSync(t.folder)).toEqual([])
  })
})

describe('a file that only looks hostile is read', () => {
  const names = [
    `it's [1] "quoted" *?.csv`,
    `'); DROP TABLE staged; --.csv`,
    '数据 ünï.csv',
    '-rf.csv',
    '%s%n.csv',
  ]
  it.each(names)('by the name %s', async (name) => {
    expect((await t.run(t.write(name, csv))).meta.source).toBe(name)
  })

  it('with SQL, quotes and glob signs in its headers and values', async () => {
    const evil = `'); COPY staged TO 'x.csv'; --`
    const named = rows.map((row) => ({ ...row, item_id: `"${evil} ${row['item_id']}"` }))
    const text = csvOf(named).replace('segment_device', `"segment ""; DROP TABLE staged; --"`)
    const { meta } = await t.run(t.write('sql.csv', text))
    expect(meta).toMatchObject({ kind: 'interleaving', rows: 80 })
    expect(existsSync(join(t.base, 'x.csv'))).toBe(false)
  })

  it('with a mark, CRLF, blank lines, padding and no end of line', async () => {
    const text = `\uFEFF${csv.replaceAll('\n', '\r\n\r\n').trimEnd().replaceAll(',A,', ', A ,')}`
    expect((await t.run(t.write('odd.csv', text))).meta.rows).toBe(80)
  })

  it('in a folder whose name is SQL and a pattern', async () => {
    const folder = join(t.base, `a'b "c" [d] *`)
    mkdirSync(folder)
    const { meta } = await t.run(t.write('plain.csv', csv), { folder })
    expect(existsSync(meta.path)).toBe(true)
  })
})

function broken(packed: Uint8Array): Uint8Array {
  const copy = Buffer.from(packed)
  copy.fill(0xff, 60, 90)
  return copy
}
