import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BanditLog } from '#core/dataset/kinds/bandit'
import type { EventCounts } from '#core/dataset/kinds/events'
import type { Category, Feature } from '#core/dataset/kinds/feature'
import type { ImpressionLog } from '#core/dataset/kinds/impressions'
import type { LogReader } from '#core/dataset/kinds/interleaving'
import type { QueryLog } from '#core/dataset/kinds/queries'
import { readColumns, type Columns } from './readColumns.ts'
import { figures } from './logBuilder.ts'
import { presentColumns } from './presentColumns.ts'
import { readPieces } from './readPieces.ts'
import { openDuck, type DuckSession } from './session.ts'

/**
 * The canonical tables of a dataset folder: lists as columns in memory, their rows piece by piece.
 * @param folder path of `<hash>.log`
 */
export const readInterleavingLog = (folder: string): Promise<LogReader> =>
  inSession(folder, async (tables) => {
    const file = join(folder, 'rows.parquet')
    const lists = await tables.columns('impressions')
    const present = await tables.present('rows')
    const has = (name: string) => present.has(name)
    return {
      rows: await tables.rows('rows'),
      impressions: lists.rows,
      users: await tables.rows('users'),
      items: await tables.rows('items'),
      teams: (await tables.columns('teams')).texts('name'),
      user: lists.number('user', Int32Array)!,
      time: lists.number('time', Float64Array)!,
      segments: lists.features('segment ').map(asCategory),
      has: {
        team: has('team'),
        ranks: has('rankA') && has('rankB'),
        dwell: has('dwell'),
        orders: has('orders'),
        delay: has('delay'),
      },
      events: await eventCounts(tables, folder),
      async *pieces() {
        const [own, duck] = await session([file])
        try {
          yield* readPieces(duck, file, present)
        } finally {
          duck.close()
          await rm(own, { recursive: true, force: true })
        }
      },
    }
  })

/** The canonical tables of a dataset folder as columns in memory. */
export const readImpressionLog = (folder: string): Promise<ImpressionLog> =>
  inSession(folder, async (tables) => {
    const ids = await listIds(tables)
    const lists = await tables.columns('impressions')
    const rows = await tables.columns('rows')
    const history = lists.lists('history')
    const items = await tables.columns('items')
    return {
      ...ids,
      impressions: lists.rows,
      user: lists.number('user', Int32Array)!,
      time: lists.number('time', Float64Array)!,
      first: firsts(rows.number('impression', Int32Array)!, lists.rows),
      item: rows.number('item', Int32Array)!,
      label: rows.number('label', Uint8Array)!,
      position: rows.number('position', Int16Array),
      historyFirst: history.first,
      history: Int32Array.from(history.values),
      itemFeatures: ['category', 'subcategory'].flatMap((name) => {
        const feature = items.feature(name, name)
        return feature ? [asCategory(feature)] : []
      }),
    }
  })

export const readBanditLog = (folder: string): Promise<BanditLog> =>
  inSession(folder, async (tables) => {
    const rounds = await tables.columns('rounds')
    const actions = await tables.columns('actions')
    const users = await tables.columns('users')
    const position = rounds.number('position', Int16Array)
    return {
      rounds: rounds.rows,
      actions: actions.rows,
      users: users.rows,
      actionIds: actions.texts('id'),
      userIds: users.texts('id'),
      user: users.rows > 0 ? rounds.number('user', Int32Array) : null,
      time: rounds.number('time', Float64Array),
      action: rounds.number('action', Int32Array)!,
      position,
      positions: position ? new Set(position).size : 1,
      propensity: rounds.number('propensity', Float64Array)!,
      reward: rounds.number('reward', Float64Array)!,
      context: rounds.features('context '),
      actionFeatures: actions.features('feature '),
    }
  })

export const readQueryLog = (folder: string): Promise<QueryLog> =>
  inSession(folder, async (tables) => {
    const documents = await tables.columns('documents')
    const queries = await tables.columns('queries')
    const names = (await tables.columns('features')).texts('name')
    const index = documents.lists('index')
    const value = documents.lists('value')
    const features = new Float32Array(documents.rows * names.length)
    for (let row = 0; row < documents.rows; row++) {
      for (let i = index.first[row]!; i < index.first[row + 1]!; i++) {
        features[row * names.length + index.values[i]!] = value.values[i]!
      }
    }
    const ids = documents.texts('document')
    return {
      queries: queries.rows,
      documents: documents.rows,
      queryIds: queries.texts('id'),
      documentIds: ids.some((id) => id !== '') ? ids : null,
      first: firsts(documents.number('query', Int32Array)!, queries.rows),
      grade: documents.number('grade', Float32Array)!,
      width: names.length,
      featureNames: names,
      features,
    }
  })

/** Null where clicks came with the rows. */
async function eventCounts(tables: Tables, folder: string): Promise<EventCounts | null> {
  if (!existsSync(join(folder, 'events.parquet'))) return null
  const read = await tables.columns('events')
  const of = (name: keyof EventCounts) => read.number(name, Float64Array)?.[0] ?? null
  const names = ['rows', 'unreadable', 'otherType', 'unmatched', 'early'] as const
  const more = ['late', 'repeated', 'credited', 'ambiguous'] as const
  const counts = Object.fromEntries([...names, ...more].map((name) => [name, of(name) ?? 0]))
  return {
    ...(counts as Record<Exclude<keyof EventCounts, 'window'>, number>),
    window: of('window'),
  }
}

async function listIds(tables: Tables) {
  const userIds = (await tables.columns('users')).texts('id')
  const itemIds = (await tables.columns('items')).texts('id')
  return { users: userIds.length, items: itemIds.length, userIds, itemIds }
}

/** Where each group begins, of rows that are sorted by their group. */
function firsts(group: Int32Array, groups: number): Int32Array {
  const first = new Int32Array(groups + 1)
  for (const g of group) first[g + 1]!++
  for (let g = 0; g < groups; g++) first[g + 1]! += first[g]!
  return first
}

function asCategory(feature: Feature): Category {
  if (feature.type === 'category') return feature
  const names = [...new Set(feature.values)]
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b)
  const code = Int32Array.from(feature.values, (value) => names.indexOf(value))
  return { name: feature.name, type: 'category', code, names: names.map(String) }
}

interface Tables {
  columns(table: string): Promise<Columns>
  rows(table: string): Promise<number>
  /** Columns that have a value in some row. */
  present(table: string): Promise<ReadonlySet<string>>
}

const tableNames = [
  'impressions',
  'rows',
  'users',
  'items',
  'rounds',
  'actions',
  'documents',
  'queries',
  'features',
  'teams',
  'events',
]

async function inSession<T>(folder: string, read: (tables: Tables) => Promise<T>): Promise<T> {
  const fileOf = (table: string) => join(folder, `${table}.parquet`)
  const [own, duck] = await session(tableNames.map(fileOf))
  try {
    return await read({
      columns: (table) => readColumns(duck, fileOf(table)),
      rows: async (table) => {
        const select = 'SELECT count(*) AS n FROM read_parquet($file)'
        return (await figures<'n'>(duck, select, { file: fileOf(table) })).n
      },
      present: (table) => presentColumns(duck, fileOf(table)),
    })
  } finally {
    duck.close()
    await rm(own, { recursive: true, force: true })
  }
}

/** A session over some files, with the folder that it needs. */
async function session(files: readonly string[]): Promise<[string, DuckSession]> {
  const own = await mkdtemp(join(tmpdir(), 'duelist-log-'))
  return [own, await openDuck({ folder: own, files })]
}
