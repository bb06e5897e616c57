import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DatasetMeta } from '#core/dataset/datasetMeta'
import type { ReplayReport } from '#core/ope/replayReport'
import type { RunSummary } from '#core/run/summary'
import type { ExperimentSpecInput } from '#core/experimentSpec'
import { datasetExperiment } from '#core/samples/datasetExperiment'
import { uploadFile } from '#electron/cli/uploadFile'
import { forkWorker } from '#electron/worker/fork'
import { bench, type Api } from '../support/hostHarness.ts'

/** What came out of one file, by the road of the page: sent, imported, and computed in job processes. */
export interface RealLog {
  readonly name: string
  readonly rows: number
  readonly runs: readonly { readonly what: string; readonly summaries: readonly RunSummary[] }[]
  readonly replays: readonly { readonly what: string; readonly report: ReplayReport }[]
}

/** One file, the files beside it, and what is asked of it. */
const files: readonly {
  readonly name: string
  readonly path: string
  readonly beside?: readonly string[]
  /** Of fewer runs, where each takes minutes. */
  readonly seeds?: number
  readonly policies?: readonly ('uniform' | 'popularity' | 'thompson' | 'model')[]
}[] = [
  {
    name: 'MIND sample',
    path: 'mind-sample/behaviors.tsv',
    beside: ['mind-sample/news.tsv'],
  },
  {
    name: 'MovieLens 100K',
    path: 'ml-100k/u.data',
  },
  {
    name: 'Open Bandit men, random',
    path: 'obd/random/men.csv',
    beside: ['obd/random/item_context.csv'],
    policies: ['uniform', 'popularity', 'thompson', 'model'],
  },
  {
    name: 'LightGBM rank',
    path: 'lightgbm-rank/rank.train',
    beside: ['lightgbm-rank/rank.train.query'],
    seeds: 1,
  },
]

export async function realLogs(
  folder: string,
  seeds: number,
  told: (what: string) => void,
): Promise<RealLog[]> {
  const b = await bench({ fork: forkWorker })
  try {
    const found: RealLog[] = []
    for (const file of files) {
      if (!existsSync(join(folder, file.path))) continue
      const meta = await imported(b.api, folder, file)
      told(`${file.name}: ${meta.rows} rows`)
      const runs = []
      for (const design of ['explore', 'duel'] as const) {
        const spec = datasetExperiment(meta, design)!
        const summaries = []
        const most = Math.min(seeds, file.seeds ?? seeds)
        for (let seed = 1; seed <= most; seed++) summaries.push(await ran(b.api, spec, seed))
        const what = spec.name.slice(file.name.length + 2)
        runs.push({ what: `${design}: ${what}`, summaries })
        told(`${file.name}: ${design}`)
      }
      const replays = []
      for (const kind of file.policies ?? []) {
        replays.push({ what: kind, report: await replayed(b.api, file.name, { kind }) })
      }
      found.push({ name: file.name, rows: meta.rows, runs, replays })
    }
    return found
  } finally {
    await b.end()
  }
}

async function imported(
  api: Api,
  folder: string,
  { name, path, beside = [] }: (typeof files)[number],
): Promise<DatasetMeta> {
  const send = (file: string) => uploadFile(api, join(folder, file), { aborted: false })
  const upload = await send(path)
  const companions = await Promise.all(beside.map(send))
  for await (const events of api.stream('datasets.import', { upload, companions, name })) {
    const last = events.at(-1)
    if (last?.type === 'finished') return last.meta
  }
  throw new Error(`${basename(path)} was not imported`)
}

async function ran(api: Api, spec: ExperimentSpecInput, seed: number): Promise<RunSummary> {
  const run = await api.call('runs.start', { spec, seed })
  for await (const frames of api.stream('runs.watch', { run, afterStep: -1 })) {
    if (!['queued', 'running'].includes(frames.at(-1)!.state)) break
  }
  const { summary, reason } = await api.call('runs.get', { run })
  if (!summary) throw new Error(`${spec.name}, seed ${seed}: ${reason ?? 'no result'}`)
  return summary
}

async function replayed(api: Api, dataset: string, policy: object): Promise<ReplayReport> {
  const spec = { dataset, policy }
  const study = await api.call('studies.start', { kind: 'replay', spec, seed: 1 })
  for await (const frames of api.stream('studies.watch', { study })) {
    if (!['queued', 'running'].includes(frames.at(-1)!.state)) break
  }
  const detail = await api.call('studies.get', { study })
  if (detail.kind !== 'replay' || !detail.report) throw new Error(detail.reason ?? 'no report')
  return detail.report
}
