import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDuck } from '#db/duck/session'
import {
  readBanditLog,
  readImpressionLog,
  readInterleavingLog,
  readQueryLog,
} from '#db/duck/readLog'
import { importing, sent, type Importing } from '../../support/importing.ts'
import { csvOf, logRows } from '../../support/logText.ts'

let t: Importing
beforeEach(() => {
  t = importing()
})
afterEach(() => t.end())

const rows = logRows()

describe('an interleaving log', () => {
  it('is the same dataset in every format and order', async () => {
    const csv = csvOf(rows)
    const files: Record<string, string | Uint8Array> = {
      'log.csv': csv,
      'log.tsv': csvOf(rows, '\t', '\r\n'),
      'log.csv.gz': gzipSync(csv),
      'log.csv.zst': zstdCompressSync(csv),
      'utf16.csv': Buffer.from(`\uFEFF${csv}`, 'utf16le'),
      'bom.csv': `\uFEFF${csv}`,
      'log.jsonl': rows.map((row) => JSON.stringify(row)).join('\n'),
      'shuffled.csv': csvOf([...rows].reverse()),
      'milliseconds.csv': csvOf(
        rows.map((row) => ({ ...row, timestamp: `${row['timestamp']}000` })),
      ),
      'from0.csv': csvOf(rows.map((row) => ({ ...row, position: Number(row['position']) - 1 }))),
    }
    const parquet = join(t.base, 'log.parquet')
    const duck = await openDuck({ folder: t.base, files: [] })
    const input = t.write('for.csv', csv)
    await duck.run(`COPY (FROM read_csv('${input}')) TO '${parquet}' (FORMAT parquet)`)
    duck.close()

    const hashes = new Map<string, string>()
    for (const [name, content] of Object.entries(files)) {
      hashes.set(name, (await t.run(t.write(name, content))).meta.hash)
    }
    hashes.set('log.parquet', (await t.run(parquet)).meta.hash)
    expect([...hashes].filter(([, hash]) => hash !== hashes.get('log.csv'))).toEqual([])
    expect(readdirSync(t.folder)).toEqual([`${hashes.get('log.csv')!}.log`])
    const other = rows.map((row, i) =>
      i === 7 ? { ...row, click: 1 - Number(row['click']) } : row,
    )
    expect((await t.run(t.write('other.csv', csvOf(other)))).meta.hash).not.toBe(
      hashes.get('log.csv'),
    )
  }, 60_000)

  it('comes back as columns, sorted and numbered', async () => {
    const { meta, profile, report } = await t.run(t.write('log.csv', csvOf([...rows].reverse())))
    expect(report).toMatchObject({ source: 'interleavingLog', rows: 800, bad: 0, problems: [] })
    expect(meta).toMatchObject({
      kind: 'interleaving',
      rows: 800,
      users: 40,
      impressions: 200,
      teams: ['A', 'B'],
      span: { from: 1_700_000_000, to: 1_700_000_000 + 60 * 199 },
      segments: ['segment_device'],
      clicks: rows.filter(({ click }) => click === 1).length,
    })
    const log = await readInterleavingLog(meta.path)
    const pieces = []
    for await (const each of log.pieces()) pieces.push(each)
    expect(pieces).toHaveLength(1)
    const [piece] = pieces
    expect(log).toMatchObject({ rows: 800, impressions: 200, users: 40 })
    const ids = (field: string) => [...new Set(rows.map((row) => String(row[field])))].sort()
    const [userIds, itemIds] = [ids('user_id'), ids('item_id')]
    expect(piece?.first.length).toBe(201)
    for (let row = 0; row < 800; row++) {
      const source = rows[row]! // written in time order, and by position
      const list = Math.floor(row / 4)
      expect(piece?.first[list]).toBe(4 * list)
      expect(itemIds[piece!.item[row]!]).toBe(source['item_id'])
      expect(userIds[log.user[list]!]).toBe(source['user_id'])
      expect(log.time[list]).toBe(source['timestamp'])
      expect(log.teams[piece!.team![row]!]).toBe(source['team'])
      expect(piece?.click[row]).toBe(source['click'])
    }
    const [device] = log.segments
    expect(device?.names[device.code[3]!]).toBe('phone')
    expect(piece?.dwell).toBeNull()
    expect(profile.columns.map(({ field }) => field)).toContain('team')
    expect(profile.sample).toHaveLength(12)
    expect(profile.checks.find(({ id }) => id === 'teamBalance')).toMatchObject({
      level: 'ok',
      value: 0.5,
    })
    const found = (id: string) => profile.checks.find((check) => check.id === id)?.value
    const clicked = rows.filter(({ click }) => click === 1)
    expect(found('clickRate')).toBeCloseTo(clicked.length / 800, 12)
    const lists = new Set(clicked.map(({ impression_id: list }) => list)).size
    expect(found('unclicked')).toBeCloseTo(1 - lists / 200, 12)
    expect(found('heavyUser')).toBeCloseTo(5 / 200, 12)
    const position = profile.columns.find(({ field }) => field === 'position')
    expect(position).toMatchObject({ low: 1, high: 4 })
    expect(position?.missing.every((share) => share === 0)).toBe(true)
  })

  it('names what is wrong, leaves out the lists that are not whole, and keeps the rows', async () => {
    const lines = csvOf(rows).split('\n')
    lines[1] = lines[1]!.replace('1700000000', '4000000000') // in the future: list i0
    lines[6] = `${lines[6]!},extra` // list i1
    lines[10] = lines[9]! // the same row of i2 again, in the place of another
    lines.splice(3, 0, '')
    const file = t.write('bad.csv', lines.join('\n'))
    await expect(t.run(file, { maxBad: 0.001 })).rejects.toMatchObject({
      code: 'BAD_FILE',
      message:
        'bad.csv: 12 of 800 rows are bad, more than the 0.1\u00a0% that are allowed; nothing was imported',
    })
    expect(readdirSync(t.folder)).toEqual([])
    const { meta, report } = await t.run(file, { maxBad: 0.05 })
    expect(report.problems.slice(0, 2)).toEqual([
      {
        row: 2,
        column: 'timestamp',
        value: '4000000000',
        fix: 'this time is in the future: check the clock or the unit',
      },
      expect.objectContaining({ row: 3, fix: expect.stringContaining('not whole') }),
    ])
    expect(report.problems).toContainEqual(
      expect.objectContaining({ row: 8, fix: expect.stringContaining('too many columns') }),
    )
    expect(report.problems).toContainEqual(
      expect.objectContaining({
        row: 12,
        column: 'position',
        fix: expect.stringContaining('first counts'),
      }),
    )
    expect(report.hasRejects).toBe(true)
    expect(readFileSync(t.rejects, 'utf8')).toContain('4000000000')
    expect(meta.rows).toBe(800 - report.bad)
  })

  it('can be mapped by hand', async () => {
    const named = rows.map(
      ({ impression_id, user_id, timestamp, position, item_id, team, click }) => ({
        'Liste; DROP TABLE staged': impression_id!,
        "nut'zer": user_id!,
        Zeit: timestamp!,
        Platz: position!,
        Ding: item_id!,
        Seite: team!,
        Klick: click!,
      }),
    )
    const file = t.write('german.csv', csvOf(named))
    await expect(t.run(file)).rejects.toMatchObject({
      message: expect.stringContaining('is of no known format'),
    })
    const fields = ['impression', 'user', 'time', 'position', 'item', 'team', 'click']
    const columns = Object.keys(named[0]!).map((column, i) => ({ column, field: fields[i]! }))
    const { meta, report } = await t.run(file, { plan: { kind: 'interleaving', columns } })
    expect(report.source).toBe('mapped')
    const plain = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'segment_device')),
    )
    expect(meta.hash).toBe((await t.run(t.write('plain.csv', csvOf(plain)))).meta.hash)
    await expect(
      t.run(file, { plan: { kind: 'interleaving', columns: columns.slice(1) } }),
    ).rejects.toMatchObject({ message: expect.stringContaining('no column is the impression') })
  })
})

it('ratings have one hash in every format', async () => {
  const csv = 'user,item,rating,time\n1,10,4,100\n2,10,1.5,200\nzoë,"a,b",3,300\n'
  const { hash } = (await t.run(t.write('r.csv', csv))).meta
  expect((await t.run(t.write('r.csv.gz', gzipSync(csv)))).meta.hash).toBe(hash)
  const json = [
    { user: 1, item: 10, rating: 4, time: 100 },
    { user: 2, item: '10', rating: 1.5, time: '200' },
    { user: 'zoë', item: 'a,b', rating: 3, time: '1970-01-01T00:05:00Z' },
  ]
  const lines = json.map((row) => JSON.stringify(row)).join('\n')
  const { meta, report } = await t.run(t.write('r.jsonl', lines))
  expect(meta.hash).toBe(hash)
  expect(report.source).toBe('movieLens')
})

const data = resolve(import.meta.dirname, '../../../../shared/data')
if (!existsSync(data)) console.info(`no data at ${data}: the public formats are not tested on it`)

describe.skipIf(!existsSync(data))('public data', () => {
  it('MIND', async () => {
    const file = join(data, 'mind-sample/behaviors.tsv')
    const companions = [sent(join(data, 'mind-sample/news.tsv'))]
    const { meta, report } = await t.run(file, { companions })
    expect(report).toMatchObject({ source: 'mind', rows: 5000, bad: 0 })
    expect(meta).toMatchObject({ kind: 'impressions', users: 4637, impressions: 5000 })
    const log = await readImpressionLog(meta.path)
    const clicks = log.label.reduce((sum, label) => sum + label, 0)
    expect(clicks).toBe(readFileSync(file, 'latin1').match(/-1\b/g)!.length)
    expect(log.historyFirst[5000]).toBe(log.history.length)
    expect(log.itemFeatures[0]?.names).toContain('news')
    expect(log.position).toBeNull()
  })

  it('Open Bandit', async () => {
    const file = join(data, 'obd/random/men.csv')
    const companions = [sent(join(data, 'obd/random/item_context.csv'))]
    const { meta, profile } = await t.run(file, { companions })
    expect(meta).toMatchObject({ kind: 'bandit', rows: 10_000, items: 34, positions: 3 })
    const log = await readBanditLog(meta.path)
    expect(log.reward.reduce((sum, reward) => sum + reward, 0)).toBe(46)
    expect(log.context).toHaveLength(38)
    expect(log.actionFeatures.map(({ type }) => type)).toEqual([
      'number',
      'category',
      'category',
      'category',
    ])
    const mean = profile.checks.find(({ id }) => id === 'propensityMean')
    expect(mean).toMatchObject({ level: 'ok', expected: 34 })
  })

  it('LETOR', async () => {
    const file = join(data, 'lightgbm-rank/rank.train')
    await expect(t.run(file)).rejects.toMatchObject({
      message: expect.stringContaining('the lines name no query'),
    })
    const { meta } = await t.run(file, { companions: [sent(`${file}.query`)] })
    expect(meta).toMatchObject({ kind: 'queries', rows: 3005, users: 201, features: 300 })
    const log = await readQueryLog(meta.path)
    const [first = ''] = readFileSync(file, 'utf8').split('\n')
    const [grade, ...pairs] = first.trim().split(' ')
    expect(log.grade[0]).toBe(Number(grade))
    for (const pair of pairs) {
      const [index, value] = pair.split(':')
      expect(log.features[log.featureNames.indexOf(index!)]).toBeCloseTo(Number(value), 6)
    }
    expect([...log.first.subarray(0, 4)]).toEqual([0, 1, 14, 19])
  })

  it('MovieLens', async () => {
    const { meta } = await t.run(join(data, 'ml-100k/u.data'))
    expect(meta).toMatchObject({ kind: 'ratings', rows: 100_000, users: 943, items: 1682 })
  })
})
