import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decodeRatings } from '#core/dataset/ratingsTable'
import type { ImportEvent } from '#core/jobContract'
import { cancelSource } from '#core/rpc/cancel'
import { RpcError } from '#core/rpc/rpcError'
import { importFile } from '#electron/worker/import/importFile'

let base: string
let folder: string

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'duelist-import-'))
  folder = join(base, 'datasets')
  mkdirSync(folder)
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

function written(name: string, content: string | Uint8Array): string {
  const file = join(base, name)
  writeFileSync(file, content)
  return file
}

const job = (file: string) => ({
  file: { path: file, name: basename(file) },
  companions: [],
  events: null,
  name: 'mine',
  folder,
  work: join(folder, 'x.work'),
  plan: null,
  maxBad: null,
  rejects: join(base, 'rejects.csv'),
  now: 1_800_000_000,
})

async function imported(file: string): Promise<ImportEvent[]> {
  const events: ImportEvent[] = []
  for await (const event of importFile(job(file), cancelSource().cancel)) events.push(event)
  return events
}

/** The last event, which says that the import has ended well. */
function finished(events: readonly ImportEvent[]) {
  const last = events.at(-1)
  if (last?.type !== 'finished') throw new Error('it did not finish')
  const { meta, report } = last
  if (meta.kind !== 'ratings') throw new Error('these are no ratings')
  return { meta, problems: report.problems }
}

async function refused(file: string): Promise<RpcError> {
  const error: unknown = await imported(file).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(RpcError)
  expect((error as RpcError).code).toBe('BAD_FILE')
  expect((error as RpcError).message).not.toContain(base) // file names only, no paths
  expect(readdirSync(folder)).toEqual([])
  return error as RpcError
}

describe('an import of ratings', () => {
  it('writes a dataset named by its hash and describes it', async () => {
    const file = written('u.csv', 'user,item,rating\n1,10,4.5\n2,10,1\n2,20,4.5\n1,10,3.7\n')
    const events = await imported(file)
    expect(events[0]).toMatchObject({ type: 'progress', stage: 'reading' })
    const last = finished(events)
    expect(last.meta).toMatchObject({
      name: 'mine',
      kind: 'ratings',
      users: 2,
      items: 2,
      rows: 3,
      minRating: 1,
      maxRating: 4.5,
      histogram: [
        { rating: 1, count: 1 },
        { rating: 3.7, count: 1 },
        { rating: 4.5, count: 1 },
      ],
      hasTime: false,
      source: 'u.csv',
      path: join(folder, `${last.meta.hash}.ratings`),
    })
    expect(last.problems).toHaveLength(1)
    expect(readdirSync(folder)).toEqual([`${last.meta.hash}.ratings`])
    const bytes = readFileSync(last.meta.path)
    expect(bytes).toHaveLength(last.meta.bytes)
    expect(decodeRatings(bytes).userIds).toEqual(['1', '2'])
  })

  it('imports the same file twice into one dataset', async () => {
    const file = written('u.csv', '1,10,4\n2,10,1\n')
    await imported(file)
    await imported(file)
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('cuts a scale of many values into 100 steps that hold every rating', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => `u,${i},${i / 10}`).join('\n')
    const last = finished(await imported(written('fine.csv', rows)))
    expect(last.meta.histogram).toHaveLength(100)
    expect(last.meta.histogram.reduce((sum, step) => sum + step.count, 0)).toBe(1000)
  })

  it('tells its progress at least four times a second', async () => {
    const rows = Array.from({ length: 400_000 }, (_, i) => `${i % 977},${i},${i % 5}`).join('\n')
    const file = written('large.csv', rows)
    let largest = 0
    let last = performance.now()
    for await (const event of importFile(job(file), cancelSource().cancel)) {
      if (event.type === 'finished') break // the table is built after the last byte
      largest = Math.max(largest, performance.now() - last)
      last = performance.now()
      expect(event.share).toBeLessThanOrEqual(1)
    }
    expect(largest).toBeLessThan(1000) // 250 ms on an idle machine; the test machine is shared
  })

  it.each([0, 1])('leaves nothing behind when it is aborted after %i events', async (after) => {
    const file = written('u.csv', '1,10,4\n2,10,1\n')
    const stop = cancelSource()
    if (after === 0) stop.abort()
    const events: ImportEvent[] = []
    for await (const event of importFile(job(file), stop.cancel)) {
      events.push(event)
      if (events.length >= after) stop.abort()
    }
    expect(events.map(({ type }) => type)).not.toContain('finished')
    expect(readdirSync(folder)).toEqual([])
  })

  it('keeps nothing of a file with one bad row, and names it', async () => {
    const error = await refused(written('bad.csv', '1,10,4\n2,10,NaN\n'))
    expect(error.message).toContain('bad.csv: one row is not a rating, nothing was imported')
    expect(error.fields).toEqual([
      {
        path: 'line 2, rating',
        message: 'line 2, rating "NaN": write a finite number such as 4 or 3.5',
      },
    ])
  })

  it.skipIf(process.platform === 'win32')('refuses what is no plain, readable file', async () => {
    expect((await refused(base)).message).toContain('is a folder')
    expect((await refused(join(base, 'absent'))).message).toContain('there is no file absent')
    const pipe = join(base, 'pipe')
    execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', pipe])
    expect((await refused(pipe)).message).toContain('pipe is not a plain file')
    expect((await refused('/dev/zero')).message).toContain('zero is not a plain file')
    expect((await refused(written('empty.csv', ''))).message).toContain('the file is empty')
    const secret = written('secret.csv', '1,2,3')
    chmodSync(secret, 0)
    if (process.getuid?.() !== 0) {
      expect((await refused(secret)).message).toContain('may not be read')
    }
  })

  it('fails, with nothing left behind, where the folder is gone', async () => {
    const file = written('u.csv', '1,10,4\n')
    rmSync(folder, { recursive: true })
    await expect(imported(file)).rejects.toThrow('ENOENT')
    expect(existsSync(folder)).toBe(false)
  })
})
