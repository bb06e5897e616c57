import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { training } from '#core/largeAction/training'
import { trainChecks } from '#core/largeAction/trainChecks'
import { TrainSpec } from '#core/largeAction/trainParams'
import { checkStudy } from '#core/study/checkStudy'
import { arbitrarySpec } from '../../support/arbitrarySpec.ts'
import { last } from '../../support/last.ts'
import { notFinite } from '../../support/notFinite.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const typed = { kind: 'typedLatent', users: 20, items: 60 }
const items = { kind: 'itemToItem', items: 60 }

describe('a training', () => {
  it.each([
    [{ kind: 'fcpo', world: items }, 'world.kind', 'which has no users', 'typedLatent'],
    [
      { kind: 'tpgr', world: items, representation: { kind: 'rating' } },
      'representation.kind',
      'is "rating", which is learnt from ratings',
      'content',
    ],
    [
      {
        kind: 'tpgr',
        world: items,
        representation: { kind: 'content' },
        agent: { warmUpdates: 3 },
      },
      'agent.warmUpdates',
      'is 3, but the world "itemToItem" has no ratings',
      0,
    ],
    [
      { kind: 'wolpertinger', world: typed, representation: { kind: 'content' } },
      'representation.kind',
      'the items of the world "typedLatent" come without vectors',
      'rating',
    ],
    [
      { kind: 'tpgr', world: { kind: 'ratings', dataset: 'x', minRating: 4, maxRating: 2 } },
      'world.maxRating',
      'is 2; it must exceed world.minRating, which is 4',
      5,
    ],
    [
      { kind: 'tpgr', world: { ...typed, minRating: 2 } },
      'world.minRating',
      'users of this world rate from 1 to 5',
      1,
    ],
    [
      { kind: 'tpgr', world: { ...typed, horizon: 61 } },
      'world.horizon',
      'is 61; no item is shown twice, and there are only 60',
      60,
    ],
    [
      { kind: 'fcpo', world: { ...typed, items: 25, horizon: 6 } },
      'world.items',
      'is 25; a user is shown 25 different items',
      50,
    ],
    [
      { kind: 'tpgr', world: typed, agent: { episodesPerUpdate: 15 } },
      'agent.episodesPerUpdate',
      'is 15; it must be a multiple of agent.episodesPerUser',
      256,
    ],
    [{ kind: 'tpgr', world: { ...typed, item: 3 } }, 'world.item', 'did you mean items?', null],
    [{ kind: 'dqn', world: typed }, 'kind', 'one of "tpgr", "wolpertinger", "fcpo"', 'tpgr'],
  ])('that can not be is refused before it starts: %j', (raw, path, words, fix) => {
    const { issues } = checkStudy(training, raw)
    expect(issues.map((issue) => issue.path)).toEqual([path])
    expect(issues[0]!.message).toContain(words)
    expect(issues[0]!.fix).toEqual(fix)
  })

  it('that is accepted ends with finite numbers, and resumes to the same report', async () => {
    let ran = 0
    for (let seed = 1; seed <= 24; seed++) {
      const spec = remedied(
        arbitrarySpec(TrainSpec, seed, {
          caps: {
            ...{ users: 30, items: 40, types: 6, horizon: 6, width: 6, depth: 4, hidden: 8 },
            ...{ epochs: 3, patience: 3, batch: 16, updates: 4, episodesPerUser: 4, warmRank: 8 },
            ...{ feedback: 8, belief: 8, warmUpdates: 3, evaluateEvery: 2, evaluationUsers: 10 },
            ...{ episodesPerUpdate: 16, steps: 6, environments: 4, updatesPerStep: 2, count: 40 },
            ...{ replay: 100, listLength: 4, history: 4 },
          },
          without: new Set(['world: ratings']),
        }),
      )
      const whole = await train(spec, seed, null).catch((error: unknown) => error)
      if (whole instanceof Error) {
        expect(whole, `seed ${seed}: ${whole.stack}`).toBeInstanceOf(RangeError)
        expect(whole.message).toMatch(/(world|agent)\.\w+/)
        continue
      }
      const { report, checkpoints } = whole as Awaited<ReturnType<typeof train>>
      expect(notFinite(report), `seed ${seed}`).toEqual([])
      if (checkpoints.length < 2) continue
      const resumed = await train(spec, seed, checkpoints[(checkpoints.length - 1) >> 1])
      expect(resumed.report, `seed ${seed}`).toEqual(report)
      ran++
    }
    expect(ran).toBeGreaterThan(12)
  })
})

/** A spec that the learner accepts: its world and its representation fit each other. */
function remedied(raw: unknown): TrainSpec {
  const { agent, ...rest } = raw as { readonly agent: Readonly<Record<string, number>> }
  const own = { ...agent }
  if (own['episodesPerUpdate']) own['episodesPerUpdate'] = 3 * own['episodesPerUser']!
  if (own['belief'] === 0) delete own['headSharpness']
  const spec = TrainSpec.parse({ ...rest, agent: own })
  const broken = [...trainChecks(spec)].map(({ path }) => path)
  const world = { ...spec.world, minRating: 1, maxRating: 5 }
  if (broken.some((path) => path.startsWith('world'))) {
    const fitting = spec.kind === 'fcpo' ? { ...typed, horizon: 6 } : { ...world, horizon: 2 }
    return remedied({ ...spec, world: fitting })
  }
  if (broken.includes('representation.kind')) {
    const kind = spec.world.kind === 'itemToItem' ? 'content' : 'rating'
    return remedied({ ...spec, representation: { kind, ...(kind === 'rating' && { width: 6 }) } })
  }
  if (broken.length === 0) return spec
  return remedied({ ...spec, agent: { ...own, warmUpdates: 0, headSharpness: 0 } })
}

async function train(spec: TrainSpec, seed: number, checkpoint: unknown) {
  const checkpoints: unknown[] = []
  const data = { ratings: null }
  for await (const step of training.run({ spec, seed, ops, backend: 'test', data, checkpoint })) {
    if (step.type === 'point') checkpoints.push(structuredClone(step.checkpoint()))
    if (step.type === 'finished') return { report: step.report, checkpoints }
  }
  throw new Error(`the last of ${checkpoints.length} points was ${String(last(checkpoints))}`)
}
