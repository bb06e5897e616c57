import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RatingsMeta } from '#core/dataset/datasetMeta'
import { describeProblem, parseRatings } from '#core/dataset/parseRatings'
import { profileRatings } from '#core/dataset/profileRatings'
import { RatingsError } from '#core/dataset/ratingsError'
import { encodeRatings, ratingsHash, type RatingsTable } from '#core/dataset/ratingsTable'
import type { ImportEvent, ImportJob, ImportReport } from '#core/jobContract'
import { badFile, plainFileSize, unreadable } from '../../plainFile.ts'
import { syncFolder } from './publish.ts'
import { rejectsFile, removeRejects } from './rejectsFile.ts'

const CHUNK_BYTES = 256 * 1024
const PROGRESS_MS = 200

/**
 * Reads ratings into a dataset file of the workspace, `<hash>.ratings`. It is written under a
 * temporary name, flushed to the disk and renamed, so that a half-written one is never seen. After
 * an abort the generator ends without `finished`, and nothing is left behind.
 *
 * @param path text: the file itself, or what was unpacked of it
 * @throws RpcError `BAD_FILE` when the file can not be read or is no ratings table; its fields name
 * the rows
 */
export async function* importRatings(
  job: ImportJob,
  path: string,
  known: Pick<ImportReport, 'source' | 'columns'>,
  signal: { readonly aborted: boolean },
): AsyncGenerator<ImportEvent> {
  const aborted = () => signal.aborted
  const { name } = job.file
  const total = await plainFileSize(path)
  const input = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(path, error)
  })
  const rejects = rejectsFile(job.rejects)
  let ended = false
  try {
    const parser = parseRatings({
      toleratedShare: job.maxBad ?? 0,
      onBad: ({ row, column, fix }, text) => rejects.add(row, column, fix, [text]),
    })
    const buffer = new Uint8Array(CHUNK_BYTES)
    let bytes = 0
    let told = -Infinity
    const progress = (stage: 'reading' | 'writing', share: number) =>
      ({ type: 'progress', stage, share, rows: parser.rows }) as const
    for (;;) {
      const { bytesRead } = await input.read(buffer).catch((error: unknown) => {
        throw unreadable(path, error)
      })
      if (aborted()) return
      if (bytesRead === 0) break
      refuseBadRows(name, () => parser.push(buffer.subarray(0, bytesRead)))
      bytes += bytesRead
      if (performance.now() - told >= PROGRESS_MS) {
        told = performance.now()
        yield progress('reading', (0.9 * bytes) / Math.max(total, bytes))
        await rejects.flush()
        await nextTurn() // lets an abort in
      }
    }
    yield progress('writing', 0.9)
    const { table, problems, badRows } = refuseBadRows(name, () => parser.finish())
    const encoded = encodeRatings(table)
    const hash = ratingsHash(encoded)
    const file = join(job.folder, `${hash}.ratings`)
    await nextTurn()
    if (aborted()) return
    if (!(await writeWhole(file, encoded, signal))) return
    const meta = describe(job, table, { hash, path: file, bytes: encoded.length })
    const hasRejects = await rejects.close()
    ended = true
    const report = { ...known, rows: parser.rows + badRows, bad: badRows, problems, hasRejects }
    yield { type: 'finished', meta, profile: profileRatings(table, meta), report }
  } catch (error) {
    // the rows that refused the file are worth having
    ended = error instanceof Error && error.name === 'RpcError'
    throw error
  } finally {
    await input.close()
    await rejects.close()
    if (!ended) await removeRejects(job.rejects)
  }
}

/** The parser's error in the words of a job: one sentence, and the rows as fields. */
function refuseBadRows<T>(file: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof RatingsError)) throw error
    const fields = error.problems.map((problem) => ({
      path: `line ${problem.row}${problem.column === '' ? '' : `, ${problem.column}`}`,
      message: describeProblem(problem),
    }))
    throw badFile(`${file}: ${error.message}`, fields)
  }
}

/** @returns false when it was aborted, with nothing left behind */
async function writeWhole(
  path: string,
  bytes: Uint8Array,
  signal: { readonly aborted: boolean },
): Promise<boolean> {
  const partial = `${path}.${randomUUID()}.part`
  try {
    const output = await open(partial, 'wx')
    try {
      await output.writeFile(bytes)
      await output.sync()
    } finally {
      await output.close()
    }
    if (signal.aborted) {
      await rm(partial, { force: true })
      return false
    }
    await rename(partial, path)
    await syncFolder(join(path, '..'))
    return true
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

function describe(
  job: ImportJob,
  table: RatingsTable,
  file: { hash: string; path: string; bytes: number },
): RatingsMeta {
  return {
    name: job.name,
    kind: 'ratings',
    ...file,
    users: table.users,
    items: table.items,
    rows: table.rating.length,
    minRating: shortest(table.minRating),
    maxRating: shortest(table.maxRating),
    histogram: histogram(table),
    hasTime: table.time !== null,
    source: job.file.name,
  }
}

const histogramValues = 100

/** Ratings by value; a scale with too many values for that is cut into equal steps. */
function histogram(table: RatingsTable): { rating: number; count: number }[] {
  const counts = new Map<number, number>()
  for (const rating of table.rating) {
    counts.set(rating, (counts.get(rating) ?? 0) + 1)
    if (counts.size > histogramValues) return steppedHistogram(table)
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([rating, count]) => ({ rating: shortest(rating), count }))
}

function steppedHistogram({ rating, minRating, maxRating }: RatingsTable) {
  const width = (maxRating - minRating) / histogramValues
  const steps = Array.from({ length: histogramValues }, (_, i) => ({
    rating: shortest(minRating + (i + 0.5) * width), // middle of the step
    count: 0,
  }))
  for (const value of rating) {
    steps[Math.min(histogramValues - 1, Math.floor((value - minRating) / width))]!.count++
  }
  return steps
}

/** A float32 as it was written: 3.7, not 3.700000047683716. */
const shortest = (value: number): number => Number(value.toPrecision(7))
