import { randomUUID } from 'node:crypto'
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDuck } from '#db/duck/session'
import { uploadFile } from '#electron/cli/uploadFile'
import { forkWorker } from '#electron/worker/fork'
import { bench, type Api } from '../../support/hostHarness.ts'
import { noMoments, withValue } from '#core/stats/moments'
import { shownItems, writeLargeLog } from '../../support/largeLog.ts'
import { TAG, taggedProcesses } from '../../support/taggedProcesses.ts'
import type { FigureRow, Pair } from '../benchRow.ts'

/** Bytes that every process must stay below. */
const mostMemory = 1.5e9

/**
 * From a log file to its verdict by the road of the page: sent to a host, imported and analysed in
 * job processes, beside a script that does no more than reckon the same from the CSV.
 */
export function logRows(): FigureRow[] {
  const row = (format: 'csv' | 'parquet', millions: 1 | 10): FigureRow => ({
    id: `log-${millions}m-${format}`,
    what: `an interleaving log of ${millions},000,000 rows from ${format === 'csv' ? 'CSV' : 'Parquet'} to its verdict`,
    reference: 'a script that reads the CSV to t over users, checking nothing',
    target: 4,
    rounds: 1,
    once: true,
    prepare: () => prepared(format, (millions * 1_000_000) / shownItems),
  })
  return [row('csv', 1), row('parquet', 1), row('csv', 10), row('parquet', 10)]
}

async function prepared(format: 'csv' | 'parquet', lists: number) {
  const folder = mkdtempSync(join(tmpdir(), 'duelist-bench-'))
  const csv = join(folder, 'log.csv')
  await writeLargeLog(csv, { lists, users: lists / 5, lift: 1.2, seed: 20261126 })
  const file = format === 'csv' ? csv : join(folder, 'log.parquet')
  if (format === 'parquet') await asParquet(csv, file, folder)
  return {
    async measure(): Promise<Pair> {
      const reference = await plainScript(csv, lists)
      return { own: await verdictOf(file), reference }
    },
    dispose() {
      rmSync(folder, { recursive: true, force: true })
      return Promise.resolve()
    },
  }
}

async function asParquet(csv: string, file: string, folder: string): Promise<void> {
  const duck = await openDuck({ folder, files: [] })
  try {
    await duck.run(`COPY (FROM read_csv('${csv}')) TO '${file}' (FORMAT parquet)`)
  } finally {
    duck.close()
  }
}

/**
 * What a script of one page does: lines cut at the commas, the vote of each list, the mean vote of each
 * user and t over users. It checks nothing, keeps nothing, and may look once.
 */
async function plainScript(path: string, lists: number): Promise<number> {
  const start = performance.now()
  const users = new Map<string, { votes: number; lists: number }>()
  let open = { list: '', user: '', credit: 0, clicks: 0 }
  let closed = 0
  const close = () => {
    closed++
    if (open.clicks === 0) return
    const own = users.get(open.user) ?? { votes: 0, lists: 0 }
    own.votes += (Math.sign(open.credit) + 1) / 2
    own.lists++
    users.set(open.user, own)
  }
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const [list = '', user = '', , , , team, click] = line.split(',')
    if (list === 'impression_id') continue
    if (list !== open.list) {
      if (open.list !== '') close()
      open = { list, user, credit: 0, clicks: 0 }
    }
    if (click !== '1') continue
    open.clicks++
    open.credit += team === 'A' ? 1 : -1
  }
  close()
  const { n, mean, squares } = [...users.values()].reduce(
    (all, { votes, lists }) => withValue(all, votes / lists),
    noMoments,
  )
  const t = (mean - 0.5) / Math.sqrt(squares / (n - 1) / n)
  if (closed !== lists || !(t > 3)) throw new Error(`the script saw ${closed} lists and t = ${t}`)
  return performance.now() - start
}

/** @throws Error for another verdict than the planted one, and for too much memory */
async function verdictOf(path: string): Promise<number> {
  const tag = randomUUID()
  process.env[TAG] = tag
  const b = await bench({ fork: forkWorker })
  const watch = { on: true }
  try {
    const responsive = longestCall(b.api, watch)
    const memory = largestMemory(tag, watch)
    const start = performance.now()
    const upload = await uploadFile(b.api, path, { aborted: false })
    const sent = performance.now()
    await isImported(b.api, upload)
    const imported = performance.now()
    const spec = { dataset: 'log', plan: {} }
    const study = await b.api.call('studies.start', { kind: 'logAnalysis', spec, seed: 1 })
    for await (const frames of b.api.stream('studies.watch', { study })) {
      if (!['queued', 'running'].includes(frames.at(-1)!.state)) break
    }
    const took = performance.now() - start
    watch.on = false
    const detail = await b.api.call('studies.get', { study })
    const verdict = detail.kind === 'logAnalysis' ? detail.report?.verdict.state : null
    if (verdict !== 'aBetter') throw new Error(`${detail.state}: ${detail.reason ?? verdict ?? ''}`)
    const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1)
    const [most, silence] = [await memory, await responsive]
    process.stderr.write(
      `  sent in ${seconds(start, sent)} s, imported in ${seconds(sent, imported)} s, analysed in ${seconds(imported, start + took)} s; ` +
        `largest memory of a job process ${Math.round(most / 1e6)} MB, longest call ${Math.round(silence)} ms\n`,
    )
    if (most > mostMemory) throw new Error(`${most} bytes of memory`)
    return took
  } finally {
    watch.on = false
    await b.end()
    Reflect.deleteProperty(process.env, TAG)
  }
}

async function isImported(api: Api, upload: string): Promise<void> {
  for await (const events of api.stream('datasets.import', { upload, name: 'log' })) {
    if (events.at(-1)?.type === 'finished') return
  }
  throw new Error('the import did not finish')
}

/** The longest of many small calls, in milliseconds. */
async function longestCall(api: Api, watch: { readonly on: boolean }): Promise<number> {
  let longest = 0
  while (watch.on) {
    const start = performance.now()
    await api.call('datasets.list', {})
    longest = Math.max(longest, performance.now() - start)
    await sleep(100)
  }
  return longest
}

/** Largest high-water mark of resident memory among the job processes, in bytes; Linux tells it. */
async function largestMemory(tag: string, watch: { readonly on: boolean }): Promise<number> {
  let most = 0
  while (watch.on) {
    for (const pid of taggedProcesses(tag)) most = Math.max(most, highWater(pid))
    await sleep(500)
  }
  return most
}

function highWater(pid: number): number {
  try {
    const [, kilobytes = ''] = /VmHWM:\s+(\d+) kB/.exec(
      readFileSync(`/proc/${pid}/status`, 'utf8'),
    )!
    return Number(kilobytes) * 1024
  } catch {
    return 0 // it has just ended
  }
}
