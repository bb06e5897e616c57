import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { jobContract } from '#core/jobContract'
import { mulberry32 } from '#core/random/mulberry32'
import { connect } from '#core/rpc/connect'
import { openDuck } from '#db/duck/session'
import { forkWorker } from '#electron/worker/fork'
import type { FigureRow, Pair } from '../benchRow.ts'

const lists = 1_000_000
const depth = 10

/** A log of 10,000,000 shown items through the import job, beside a plain split of its lines. */
export function importRows(): FigureRow[] {
  const row = (format: 'csv' | 'parquet'): FigureRow => ({
    id: `import-${format}`,
    what: `import of an interleaving log of 10,000,000 rows from ${format === 'csv' ? 'CSV' : 'Parquet'}`,
    reference: 'plain split of the CSV lines',
    target: 1.5,
    rounds: 1,
    prepare: () => prepared(format),
  })
  return [row('csv'), row('parquet')]
}

async function prepared(format: 'csv' | 'parquet') {
  const folder = mkdtempSync(join(tmpdir(), 'duelist-bench-'))
  const csv = join(folder, 'log.csv')
  await writeLog(csv)
  const file = format === 'csv' ? csv : join(folder, 'log.parquet')
  if (format === 'parquet') await asParquet(csv, file, folder)
  return {
    async measure(): Promise<Pair> {
      const reference = await plainSplit(csv)
      return { own: await imported(file, folder), reference }
    },
    dispose() {
      rmSync(folder, { recursive: true, force: true })
      return Promise.resolve()
    },
  }
}

async function writeLog(path: string): Promise<void> {
  const rng = mulberry32(20261126)
  const out = createWriteStream(path)
  out.write('impression_id,user_id,timestamp,position,item_id,team,click\n')
  for (let list = 0; list < lists;) {
    const lines: string[] = []
    for (const end = Math.min(lists, list + 5000); list < end; list++) {
      const user = rng.int(200_000)
      const first = rng.int(50_000)
      for (let position = 1; position <= depth; position++) {
        const team = rng.u() < 0.5 ? 'A' : 'B'
        const click = rng.u() < 0.05 ? 1 : 0
        lines.push(
          `i${list},u${user},${1_700_000_000 + list},${position},d${(first + 37 * position) % 50_000},${team},${click}\n`,
        )
      }
    }
    if (!out.write(lines.join(''))) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
}

async function asParquet(csv: string, file: string, folder: string): Promise<void> {
  const duck = await openDuck({ folder, files: [] })
  try {
    await duck.run(`COPY (FROM read_csv('${csv}')) TO '${file}' (FORMAT parquet)`)
  } finally {
    duck.close()
  }
}

/** What a script without a library would do: lines, cut at the commas. */
async function plainSplit(path: string): Promise<number> {
  const start = performance.now()
  let fields = 0
  for await (const line of createInterface({ input: createReadStream(path) })) {
    fields += line.split(',').length
  }
  if (fields !== 7 * (lists * depth + 1)) throw new Error(`the split found ${fields} fields`)
  return performance.now() - start
}

async function imported(path: string, folder: string): Promise<number> {
  const worker = forkWorker()
  try {
    const client = connect(jobContract, worker.wire)
    const { pid } = await client.call('job.ping', {})
    await client.call('job.backend', {})
    const start = performance.now()
    const job = {
      file: { path, name: 'log' },
      companions: [],
      name: 'bench',
      folder,
      work: join(folder, 'bench.work'),
      plan: null,
      maxBad: null,
      rejects: join(folder, 'rejects.csv'),
      now: 1_800_000_000,
    }
    let longest = 0
    let last = start
    for await (const events of client.stream('job.import', job)) {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
      const end = events.at(-1)
      if (end?.type === 'finished') rmSync(end.meta.path, { recursive: true, force: true })
    }
    const took = performance.now() - start
    const rate = Math.round((lists * depth) / (took / 1000)).toLocaleString('en')
    process.stderr.write(
      `  ${(took / 1000).toFixed(1)} s, ${rate} rows/s, largest memory of the job process ${largestMemory(pid)}, longest silence ${Math.round(longest)} ms\n`,
    )
    return took
  } finally {
    worker.kill()
  }
}

/** High-water mark of the resident memory; Linux tells it. */
function largestMemory(pid: number): string {
  try {
    const [, kilobytes = ''] = /VmHWM:\s+(\d+) kB/.exec(
      readFileSync(`/proc/${pid}/status`, 'utf8'),
    )!
    return `${Math.round(Number(kilobytes) / 1e3)} MB`
  } catch {
    return 'unknown'
  }
}
