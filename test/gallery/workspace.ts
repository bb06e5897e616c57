import type { RunId } from '#core/contract/ids'
import type { StudyKind } from '#core/study/index'
import { sampleTraining } from '#renderer/components/train/sampleTraining'
import { validityWorlds } from '#core/validity/validityWorlds'
import { importFile } from '../e2e/importFile.ts'
import { decisionsCsv, interleavedCsv } from '../e2e/logFiles.ts'
import type { Console } from '../e2e/openConsole.ts'

/** Milliseconds that a study may take; a picture of it then shows how far it came. */
const PATIENCE = 180_000

/** What the pictures are of. */
export interface Shown {
  readonly run: RunId
  readonly others: readonly RunId[]
  readonly peekLab: number
  readonly validity: number
  readonly drift: number
  readonly report: number
}

/** Real runs, studies and a report, made as an analyst would make them. */
export async function fillWorkspace(app: Console): Promise<Shown> {
  const { api } = app
  const samples = await api.call('samples.list', {})
  const sample = (id: string) => samples.find((one) => one.id === id)!

  async function run(id: string, seed: number): Promise<RunId> {
    const started = await api.call('runs.start', { spec: sample(id).spec, seed })
    for await (const frames of api.stream('runs.watch', { run: started, afterStep: -1 })) {
      const { state, reason } = frames.at(-1)!
      if (state === 'failed') throw new Error(`the run of ${id} failed: ${reason}`)
      if (state === 'finished') break
    }
    return started
  }
  async function study(kind: StudyKind, spec: unknown, seed: number): Promise<number> {
    const started = await api.call('studies.start', { kind, spec, seed })
    const until = Date.now() + PATIENCE
    for await (const frames of api.stream('studies.watch', { study: started })) {
      const { state, reason } = frames.at(-1)!
      if (state === 'failed') throw new Error(`the study ${kind} failed: ${reason}`)
      if (state === 'finished' || Date.now() > until) break
    }
    return started
  }

  const first = await run('duel', 1)
  const others = [await run('duel', 2), await run('aa', 1), await run('ddqn-vs-popularity', 1)]
  await study('training', { ...sampleTraining, tree: { split: 'random' } }, 1)
  await study('training', sampleTraining, 1)
  const experiment = sample('duel').spec
  const peekLab = await study('calibration', { experiment, repetitions: 300, effect: 0.05 }, 1)
  const drift = await study('drift', { claims: ['stationary', 'driftEnds'], seeds: 2 }, 1)
  const validity = await study('validity', { environment: validityWorlds.typedLatent }, 1)

  await importFile(app, 'shop', interleavedCsv())
  const plan = { name: 'shop', interleaver: { kind: 'teamDraft' }, attribution: { event: 'click' } }
  await study('logAnalysis', { dataset: 'shop', plan }, 0)
  await importFile(app, 'decisions', decisionsCsv())
  const policy = { kind: 'model' }
  const replay = { name: 'decisions: greedy model', dataset: 'decisions', policy }
  await study('replay', { ...replay, rewardModel: 'logistic' }, 1)

  const report = await api.call('reports.create', {
    template: 'standard',
    sources: [{ kind: 'run', id: first }],
    language: 'en',
  })
  const { content } = await api.call('reports.get', { report })
  const text =
    '# Our reading\nWide exploration shows items that users do not click. **Keep Q** and repeat with a smaller α.'
  const [verdict, forest, ...rest] = content.blocks
  const blocks = [
    verdict!,
    forest!,
    { kind: 'text' as const, id: 't1', text: { en: text } },
    ...rest,
  ]
  await api.call('reports.save', { report, content: { ...content, blocks } })
  await api.call('reports.export', { report, format: 'html', language: 'en' })
  const sources = [first, ...others].map((id) => ({ kind: 'run' as const, id }))
  await api.call('reports.create', {
    template: 'comparison',
    sources,
    title: 'All runs of the week',
    language: 'en',
  })
  return { run: first, others, peekLab, validity, drift, report }
}
