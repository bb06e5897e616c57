import type { RunId } from '#core/contract'
import type { StudyKind } from '#core/study/index'
import { validityWorlds } from '#core/validity/validityWorlds'
import type { Console } from '../e2e/openConsole.ts'

/** Milliseconds that a study may take; a picture of it then shows how far it came. */
const PATIENCE = 180_000

/** What the pictures are of. */
export interface Shown {
  readonly run: RunId
  readonly others: readonly RunId[]
  readonly peekLab: number
  readonly validity: number
  readonly report: number
}

/** Real runs, studies and a report, made as an analyst would make them. */
export async function fillWorkspace({ api }: Pick<Console, 'api'>): Promise<Shown> {
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
  for (const split of ['random', 'pca']) {
    const world = { kind: 'typedLatent', users: 200, items: 400, types: 4, horizon: 12 }
    const agent = { updates: 20, episodesPerUpdate: 16 }
    await study('training', { kind: 'tpgr', world, tree: { depth: 2, split }, agent }, 1)
  }
  const experiment = sample('duel').spec
  const peekLab = await study('calibration', { experiment, repetitions: 300, effect: 0.05 }, 1)
  const validity = await study('validity', { environment: validityWorlds.typedLatent }, 1)

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
  return { run: first, others, peekLab, validity, report }
}
