import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, platform, release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { selectOps } from '#core/compute/selectOps'
import type { BenchRow, FigureRow, PeerKind } from './benchRow.ts'
import { compare, figure, skipped, type RowResult } from './compare.ts'
import { startPeer, type Peer } from './peer.ts'
import { reportTable, type BenchReport } from './report.ts'
import { logRows } from './rows/logs.ts'
import { decisionRows } from './rows/decisions.ts'
import { interleavingRows } from './rows/interleaving.ts'
import { loopRows } from './rows/loop.ts'
import { oltrRows } from './rows/oltr.ts'
import { productRows } from './rows/product.ts'
import { scoringRows } from './rows/scoring.ts'
import { trainingRows } from './rows/training.ts'
import { wholeRows } from './rows/whole.ts'

const REPORT = new URL('../../.duelist/bench.json', import.meta.url)

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string' } },
})

await tf.setBackend('wasm')
const { ops, reason } = selectOps()
if (reason !== null) process.stderr.write(`without the kernels: ${reason}\n`)

const all: (BenchRow | FigureRow)[] = [
  ...trainingRows(ops),
  ...scoringRows(ops),
  ...productRows(),
  ...interleavingRows(),
  ...oltrRows(),
  ...loopRows(ops),
  ...wholeRows(ops),
  // minutes of disk and memory: only when asked for
  ...(options.only?.startsWith('log') ? logRows() : []),
  ...decisionRows(),
]
const rows = all.filter(({ id }) => options.only === undefined || id.includes(options.only))
if (rows.length === 0) {
  process.stderr.write(
    `no row is named ${options.only ?? ''}; there are ${all.map(({ id }) => id).join(', ')}\n`,
  )
  process.exit(2)
}

const report = await runRows(rows)
mkdirSync(new URL('.', REPORT), { recursive: true })
writeFileSync(REPORT, `${JSON.stringify(report, null, 2)}\n`)
process.stdout.write(
  options.json ? `${JSON.stringify(report, null, 2)}\n` : `${reportTable(report)}\n`,
)
process.exitCode = report.rows.some(({ status }) => status === 'miss' || status === 'wrong') ? 1 : 0

async function runRows(chosen: readonly (BenchRow | FigureRow)[]): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'duelist-bench-'))
  const peers = new Map<PeerKind, Peer | string>()
  const results: RowResult[] = []
  try {
    for (const row of chosen) {
      process.stderr.write(`${row.id} …\n`)
      if ('reference' in row) {
        results.push(await figure(row))
        continue
      }
      const peer = peers.get(row.peer) ?? (await startPeer(row.peer))
      peers.set(row.peer, peer)
      results.push(typeof peer === 'string' ? skipped(row, peer) : await compare(row, peer, folder))
    }
  } finally {
    for (const peer of peers.values()) if (typeof peer !== 'string') peer.close()
    rmSync(folder, { recursive: true })
  }
  const versions = [...peers.values()].flatMap((peer) =>
    typeof peer === 'string' ? [] : Object.entries(peer.versions),
  )
  return {
    schema: 1,
    date: new Date().toISOString(),
    commit: commit(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      simd: ops.id === 'simd' ? 'wasm 128 bit' : 'none',
      os: `${platform()} ${release()}`,
    },
    versions: {
      node: process.versions.node,
      tfjs: tf.version['tfjs-core'],
      kernels: ops.id,
      ...Object.fromEntries(versions),
    },
    rows: results,
  }
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
