import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mulberry32 } from '#core/random/mulberry32'
import { LogPlan } from '#core/logAnalysis/logPlan'
import { analyseLog } from '#core/logAnalysis/analyseLog'
import type { InterleavingMeta } from '#core/dataset/datasetMeta'
import { readInterleavingLog } from '#db/duck/readLog'
import { finished } from '../../support/finished.ts'
import { importing, sent, type Importing } from '../../support/importing.ts'
import { lastTouch } from '../../support/lastTouch.ts'

let t: Importing
beforeEach(() => {
  t = importing()
})
afterEach(() => t.end())

const log = [
  'impression_id,user_id,timestamp,position,item_id,team',
  'i1,u,1000,1,x,A',
  'i1,u,1000,2,y,B',
  'i2,u,1050,1,x,B',
  'i2,u,1050,2,z,A',
  'i3,v,1000,1,x,A',
  'i3,v,1000,2,y,B',
].join('\n')

async function join(events: string, window: number | null, name = 'events.csv') {
  const file = sent(t.write(name, events))
  const { meta } = await t.run(t.write('log.csv', log), { events: { file, window } })
  const read = await readInterleavingLog(meta.path)
  const rows: number[][] = []
  for await (const piece of read.pieces()) {
    piece.click.forEach((click, row) => {
      if (click || piece.orders?.[row]) {
        rows.push([row, click, piece.delay?.[row] ?? NaN, piece.orders?.[row] ?? 0])
      }
    })
  }
  return { meta: meta as InterleavingMeta, read, rows }
}

describe('clicks in a table of their own', () => {
  it('go to the latest list of the window, each fate counted', async () => {
    const events = [
      'uid,item,ts,event',
      'u,x,1060,click', // two lists of the window: the later, ambiguous
      'u,x,1061,click', // again
      'u,y,1100,click', // the second of the window's end
      'u,z,1151,click', // too late
      'u,w,1060,click', // never shown
      'v,y,999,click', // before its list
      'v,x,1030,purchase',
      'v,x,1030,purchase', // delivered twice
      'v,x,1010,impression', // no credit
      'v,,1010,click', // unreadable
    ].join('\n')
    const { meta, read, rows } = await join(events, 100)
    const counts = {
      ...{ rows: 10, unreadable: 1, otherType: 1, unmatched: 2, early: 0, late: 1 },
      ...{ repeated: 2, credited: 3, ambiguous: 1, window: 100 },
    }
    expect(meta.events).toEqual(counts)
    expect(read.events).toEqual(counts)
    expect(meta).toMatchObject({ clicks: 2, hasOrders: true, hasDwell: false, hasClickTime: true })
    // impressions by time and id: i1, i3, i2
    expect(rows).toEqual([
      [1, 1, 100, 0],
      [2, 0, 30, 1],
      [4, 1, 10, 0],
    ])
    const report = await finished(analyseLog(read, LogPlan.parse({ filters: [] })))
    expect(report.events).toEqual(counts)
    expect(report.attribution).toMatchObject({ events: 2, attributed: 2 })
    // two unmatched and one late of the eight that can be read and mean something
    expect(report.health.find(({ id }) => id === 'orphanClicks')).toMatchObject({
      level: 'warn',
      value: 3 / 8,
      n: 8,
    })
  })

  it('go to the list that they name, and keep the longest reading time', async () => {
    const events = [
      '{"user":"u","item":"x","time":1060,"impression":"i1","dwell":5}',
      '{"user":"u","item":"x","time":1070,"impression":"i1","dwell":40}',
      '{"user":"v","item":"x","time":1060,"impression":"i1"}',
      '{"user":"u","item":"z","time":1040,"impression":"i2"}',
    ].join('\n')
    const { meta, rows } = await join(events, null, 'events.jsonl')
    expect(meta.events).toMatchObject({ credited: 1, repeated: 1, unmatched: 1, early: 1 })
    expect(meta.hasDwell).toBe(true)
    expect(rows).toEqual([[0, 1, 60, 0]])
  })

  it('agree with last touch as the statistics define it', async () => {
    const rng = mulberry32(7)
    const pick = (n: number) => Math.floor(rng.u() * n)
    const lists = Array.from({ length: 60 }, (_, i) => ({
      id: `i${String(i).padStart(2, '0')}`,
      user: `u${pick(4)}`,
      t: 1000 + pick(200),
      items: ['a', 'b', 'c', 'd'].slice(pick(2), 3),
    }))
    const events = Array.from({ length: 300 }, () => ({
      user: `u${pick(4)}`,
      item: 'abcde'[pick(5)]!,
      t: 1000 + pick(260),
    }))
    const csv = (rows: readonly string[]) => rows.join('\n')
    const file = t.write(
      'l.csv',
      csv([
        'impression,user,time,position,item,team',
        ...lists.flatMap(({ id, user, t, items }) =>
          items.map((item, i) => [id, user, t, i + 1, item, 'AB'[i % 2]].join()),
        ),
      ]),
    )
    const table = t.write(
      'e.csv',
      csv(['user,item,time', ...events.map(({ user, item, t }) => [user, item, t].join())]),
    )
    const { meta } = await t.run(file, { events: { file: sent(table), window: 40 } })
    const expected = lastTouch(lists, events, 40)
    const { credited, repeated, unmatched, late } = (meta as InterleavingMeta).events!
    expect(credited + repeated).toBe(expected.attributed)
    expect(unmatched + late).toBe(expected.orphan)
    const pairs = new Set(events.map(({ item }, i) => `${expected.impression[i]} ${item}`))
    expect(credited).toBe([...pairs].filter((pair) => !pair.startsWith('null')).length)
  })

  it.each([
    ['a,b\n1,2\n', 'no column of the events is the user and the item and the time'],
    ['', 'events.csv'],
  ])('name what is missing in %j', async (events, message) => {
    await expect(join(events, null)).rejects.toThrow(message)
  })

  it('belong to an interleaving log alone', async () => {
    const file = t.write('r.csv', 'user,item,rating\n1,2,3\n')
    const events = { file: sent(t.write('e.csv', 'user,item,time\n1,2,3\n')), window: null }
    const plan = {
      kind: 'ratings' as const,
      columns: ['user', 'item', 'rating'].map((field) => ({ column: field, field })),
    }
    await expect(t.run(file, { plan, events })).rejects.toThrow('belongs to an interleaving log')
  })
})
