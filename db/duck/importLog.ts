import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatasetProfile } from '#core/dataset/datasetProfile'
import type { ImportPlan } from '#core/dataset/importPlan'
import type { Sniffed } from '#core/dataset/sniffed'
import { logChecks } from './checks.ts'
import { contentHash } from './contentHash.ts'
import { stageEvents, type EventFile } from './events.ts'
import { logBuilders } from './kinds/index.ts'
import { figures, good, LogError, type BuiltLog } from './logBuilder.ts'
import { profile } from './profile.ts'
import { literal, type DuckSession } from './session.ts'
import { sourceOf } from './source.ts'
import { stage, stagedColumns } from './stage.ts'
import { stageSvm } from './stageSvm.ts'

export type LogPlan = ImportPlan & { readonly kind: keyof typeof logBuilders }
export const isLogPlan = (plan: ImportPlan): plan is LogPlan => plan.kind !== 'ratings'

/** A file beside the log, such as the items' features or the groups of a libsvm file. */
export interface Companion {
  readonly file: string
  readonly sniffed: Sniffed
}

export interface LogFile {
  readonly file: string
  readonly sniffed: Sniffed
  readonly plan: LogPlan
  readonly companion: Companion | null
  readonly events: EventFile | null
  readonly now: number // unix seconds
}

/** Reads the file into `staged` and marks what is wrong with its rows. */
export async function stageLog(duck: DuckSession, log: LogFile): Promise<void> {
  const { file, sniffed, plan, companion, now } = log
  if (sniffed.format.id === 'libsvm') {
    await stageSvm(duck, file, sniffed, companion ? await groupSizes(duck, companion) : null)
  } else {
    await stage(duck, file, sniffed, plan, now)
  }
  if (log.events) await stageEvents(duck, log.events, now)
  await logBuilders[plan.kind].check(duck, plan)
}

async function groupSizes(duck: DuckSession, { file, sniffed }: Companion): Promise<number[]> {
  const source = sourceOf({ ...sniffed, format: { id: 'libsvm' } }, ['line'], new Set())
  const rows = await duck.rows<{ n: number | null }>(
    `SELECT TRY_CAST(c0 AS INTEGER) AS n FROM (${source.sql}) WHERE trim(c0) <> ''`,
    { file },
  )
  return rows.map(({ n }, i) => {
    if (n !== null && n >= 0) return n
    throw new LogError(`line ${i + 1} of the group sizes is no count: write one number per line`)
  })
}

export interface WrittenLog {
  readonly facts: BuiltLog['facts']
  readonly profile: DatasetProfile
  readonly hash: string
  readonly bytes: number
}

/**
 * Writes the good rows as canonical tables into an empty folder, flushed to the disk.
 * @param told called before each step with the share that is done
 */
export async function writeLog(
  duck: DuckSession,
  { plan, companion, events }: LogFile,
  out: string,
  told: (share: number) => void,
): Promise<WrittenLog> {
  const { n } = await figures<'n'>(duck, `SELECT count(*) AS n FROM ${good}`)
  if (n === 0) throw new LogError('no row is left that can be read')
  told(0)
  const beside = companion && plan.columns.length > 0 ? await stageBeside(duck, companion) : null
  const { tables, facts } = await logBuilders[plan.kind].build(duck, plan, {
    companion: beside,
    events,
  })
  const files: { readonly name: string; readonly file: string }[] = []
  let bytes = 0
  for (const [i, { name, select }] of tables.entries()) {
    told(0.3 + (0.3 * i) / tables.length)
    const file = join(out, `${name}.parquet`)
    await duck.run(`COPY (${select}) TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd)`)
    await flush(file)
    files.push({ name, file })
    bytes += (await stat(file)).size
  }
  told(0.6)
  const hash = await contentHash(duck, files)
  told(0.8)
  const checks = await logChecks[plan.kind](duck)
  const columns = stagedColumns(plan)
  const seen = await profile(duck, columns.length > 0 ? columns : svmColumns)
  return { facts, profile: { ...seen, checks }, hash, bytes }
}

const svmColumns = ['query', 'grade'].map((field) => ({ sql: `f_${field}`, field, name: field }))

/** The companion as a table of text columns, whose comments are the names in the file. */
async function stageBeside(duck: DuckSession, { file, sniffed }: Companion): Promise<string> {
  const source = sourceOf(sniffed, sniffed.columns, new Set())
  const cast = sniffed.columns.map((_, i) => `c${i}::VARCHAR AS c${i}`).join(', ')
  await duck.run(`CREATE TABLE beside AS SELECT ${cast} FROM (${source.sql})`, { file })
  for (const [i, name] of sniffed.columns.entries()) {
    await duck.run(`COMMENT ON COLUMN beside.c${i} IS ${literal(name)}`)
  }
  return 'beside'
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
