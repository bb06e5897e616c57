import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DatasetMeta } from '#core/dataset/datasetMeta'
import type { ReplayReport } from '#core/ope/replayReport'
import type { RunSummary } from '#core/run/summary'
import type { ExperimentSpecInput } from '#core/experimentSpec'
import { datasetExperiment, type DatasetDesign } from '#core/samples/datasetExperiment'
import { uploadFile } from '#electron/cli/uploadFile'
import { forkWorker } from '#electron/worker/fork'
import { bench, type Api } from '../support/hostHarness.ts'

/** What came out of one file, by the road of the page: sent, imported, and computed in job processes. */
export interface RealLog {
  readonly name: string
  readonly rows: number
  /** Why there are fewer seeds than of others; null where there are not. */
  readonly note: string | null
  readonly runs: readonly { readonly what: string; readonly summaries: readonly RunSummary[] }[]
  /** Of a network that was trained on the earlier part alone, then served the rest; by seed. */
  readonly trained: readonly RunSummary[]
  readonly replays: readonly { readonly what: string; readonly report: ReplayReport }[]
}

/** One file, the files beside it, and what is asked of it. */
const files: readonly {
  readonly name: string
  readonly path: string
  readonly beside?: readonly string[]
  /** Fewer runs, where each takes minutes, and how to say so. */
  readonly few?: { readonly seeds: number; readonly note: string }
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
    few: {
      seeds: 1,
      note: 'One seed of each, as a list with 300 features takes some ten milliseconds.',
    },
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
      const most = Math.min(seeds, file.few?.seeds ?? seeds)
      const bySeed = async (design: DatasetDesign) => {
        const spec = datasetExperiment(meta, design)!
        const done = []
        for (let seed = 1; seed <= most; seed++) done.push(await ran(b.api, spec, seed))
        told(`${file.name}: ${design}`)
        const what = `${design}: ${spec.name.slice(file.name.length + 2)}`
        return { what, summaries: done.map(({ summary }) => summary), runs: done }
      }
      const runs = [await bySeed('explore'), await bySeed('duel')]
      const training = await bySeed('train')
      const replays = []
      for (const kind of file.policies ?? []) {
        replays.push({ what: kind, report: await replayed(b.api, file.name, { kind }) })
      }
      if (meta.kind === 'bandit') {
        const { run } = training.runs[0]!
        const id = await b.api.call('models.saveFromRun', { run, side: 0, name: null })
        const { hash } = await b.api.call('models.get', { model: id })
        const report = await replayed(b.api, file.name, { kind: 'saved', model: hash })
        replays.push({ what: 'the network trained offline, seed 1 (it has seen this log)', report })
      }
      const note = file.few && seeds > most ? file.few.note : null
      const { summaries: trained } = training
      found.push({ name: file.name, rows: meta.rows, note, runs, trained, replays })
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

async function ran(api: Api, spec: ExperimentSpecInput, seed: number) {
  const run = await api.call('runs.start', { spec, seed })
  for await (const frames of api.stream('runs.watch', { run, afterStep: -1 })) {
    if (!['queued', 'running'].includes(frames.at(-1)!.state)) break
  }
  const { summary, reason } = await api.call('runs.get', { run })
  if (!summary) throw new Error(`${spec.name}, seed ${seed}: ${reason ?? 'no result'}`)
  return { run, summary }
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
