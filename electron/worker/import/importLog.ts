import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { RpcError } from '#core/rpc/rpcError'
import type { Cancel } from '#core/rpc/cancel'
import type { DatasetMeta, ImportEvent, ImportJob, ImportReport } from '#core/jobContract'
import { formatInteger, formatPercent } from '#core/format'
import { badRows, countRows, type BadRow } from '#db/duck/badRows'
import { stageLog, writeLog, type LogFile, type WrittenLog } from '#db/duck/importLog'
import { LogError } from '#db/duck/logBuilder'
import { openDuck } from '#db/duck/session'
import { stagedColumns } from '#db/duck/stage'
import { badFile } from '../../plainFile.ts'
import { linesOfRows } from './linesOfRows.ts'
import { publish } from './publish.ts'
import { rejectsFile, removeRejects } from './rejectsFile.ts'
import { whileRunning } from './whileRunning.ts'

const listed = 100
const defaultMaxBad = 0.01

/**
 * Reads a log into a folder of Parquet tables, `<hash>.log`: all of it or nothing. After an abort
 * the generator ends without `finished`.
 * @param work a folder for what is written on the way; the caller removes it
 * @throws RpcError `BAD_FILE` when too many rows are bad, with the first of them as fields
 */
export async function* importLog(
  job: ImportJob,
  log: LogFile,
  known: Pick<ImportReport, 'source' | 'columns'>,
  work: string,
  cancel: Cancel,
): AsyncGenerator<ImportEvent> {
  const stopped = () => cancel.aborted
  const files = [log, log.companion, log.events].flatMap((one) => (one ? [one.file] : []))
  const duck = await openDuck({ folder: work, files })
  const off = cancel.onAbort(() => duck.interrupt())
  try {
    let rows = 0
    yield* whileRunning(stageLog(duck, log), () =>
      progress('reading', 0.1 + 0.4 * (duck.share() ?? 0), rows),
    )
    const counts = await countRows(duck)
    rows = counts.rows
    yield progress('checking', 0.5, rows)
    const limit = job.maxBad ?? defaultMaxBad
    const left = yield* whileRunning(
      takeOut(job, log, badRows(duck, stagedColumns(log.plan)), cancel),
      () => progress('checking', 0.5, rows),
    )
    if (stopped()) return
    const report: ImportReport = { ...known, rows, bad: counts.bad, ...left }
    if (counts.bad > limit * rows || counts.bad === rows) {
      throw tooManyBad(job, report, limit)
    }
    const out = join(work, 'out')
    await mkdir(out)
    let share = 0
    const written = yield* whileRunning(
      writeLog(duck, log, out, (done) => (share = done)),
      () => progress('writing', 0.55 + 0.45 * share, rows),
    )
    if (stopped()) return
    const path = join(job.folder, `${written.hash}.log`)
    await publish(out, path)
    yield { type: 'finished', meta: metaOf(job, written, path), profile: written.profile, report }
  } catch (error) {
    if (stopped()) {
      await removeRejects(job.rejects)
      return
    }
    throw named(job.file.name, error)
  } finally {
    off()
    duck.close()
  }
}

const progress = (stage: 'reading' | 'checking' | 'writing', share: number, rows: number) =>
  ({ type: 'progress', stage, share, rows }) as const

/** Puts the bad rows into the rejects file, and lists the first. */
async function takeOut(
  job: ImportJob,
  log: LogFile,
  rows: AsyncIterable<BadRow>,
  cancel: Cancel,
): Promise<Pick<ImportReport, 'problems' | 'hasRejects'>> {
  const rejects = rejectsFile(job.rejects)
  const first: BadRow[] = []
  for await (const row of rows) {
    const place = 'line' in row.at ? row.at.line : row.at.row + 1
    rejects.add(place, row.column, row.fix, row.original)
    if (first.length < listed) first.push(row)
    if (rejects.count % 1000 === 0) await rejects.flush()
  }
  const hasRejects = await rejects.close()
  const { format } = log.sniffed
  const broken = first.flatMap(({ at }) => ('line' in at ? [at.line] : []))
  const staged = first.flatMap(({ at }) => ('row' in at ? [at.row] : []))
  const lines =
    format.id === 'parquet' || staged.length === 0
      ? new Map<number, number>()
      : await linesOfRows(
          log.file,
          staged,
          broken,
          format.id === 'delimited' ? format : { quoted: false, header: false },
          cancel,
        )
  const problems = first.map(({ at, column, value, fix }) => ({
    row: 'line' in at ? at.line : (lines.get(at.row) ?? at.row + 1),
    column,
    value: value.length > 60 ? `${value.slice(0, 59)}…` : value,
    fix,
  }))
  return { problems: problems.sort((a, b) => a.row - b.row), hasRejects }
}

function tooManyBad(job: ImportJob, report: ImportReport, limit: number): RpcError {
  const { rows, bad, problems } = report
  const fields = problems.map(({ row, column, value, fix }) => ({
    path: `line ${row}${column === '' ? '' : `, ${column}`}`,
    message: `line ${row}${column === '' ? '' : `, ${column}`} "${value}": ${fix}`,
  }))
  const share = formatPercent(limit, 1)
  const what =
    bad === rows
      ? `none of the ${formatInteger(rows)} rows can be read`
      : `${formatInteger(bad)} of ${formatInteger(rows)} rows are bad, more than the ${share} that are allowed`
  return badFile(`${job.file.name}: ${what}; nothing was imported`, fields)
}

function metaOf(job: ImportJob, { facts, hash, bytes }: WrittenLog, path: string): DatasetMeta {
  return { name: job.name, hash, path, bytes, source: job.file.name, ...facts }
}

/** What DuckDB says, as a sentence; the rest of its message may hold paths. */
function named(name: string, error: unknown): unknown {
  if (error instanceof RpcError) return error
  if (error instanceof LogError) return badFile(`${name}: ${error.message}`)
  const message = error instanceof Error ? error.message : String(error)
  if (/out of memory|failed to allocate/i.test(message)) {
    return badFile(`${name} needs more memory than an import may take: import a part of it`)
  }
  if (/no space left|disk/i.test(message)) {
    return badFile(`${name}: the disk is full; nothing was imported`)
  }
  if (/^(Invalid Input|IO|Conversion|Invalid) Error/.test(message)) {
    return badFile(`${name} can not be read: ${message.split('\n')[0]!.slice(0, 200)}`)
  }
  return error
}
