import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { ExperimentSpec, type ExperimentSpecInput } from '#core/experimentSpec'
import { BreakdownFold } from '#core/run/breakdown'
import { checkSpec } from '#core/specCheck/checkSpec'
import { arbitrarySpec } from '../../support/arbitrarySpec.ts'
import { last } from '../../support/last.ts'
import { notFinite } from '../../support/notFinite.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

/** A duel of two or more, or an exploration; small enough to end in a fraction of a second. */
function anySpec(seed: number): unknown {
  const raw = arbitrarySpec(ExperimentSpec, seed, {
    caps: {
      ...{ users: 16, impressionsPerUser: 5, concurrentUsers: 20, listLength: 6, poolSize: 30 },
      ...{ items: 60, types: 8, ratingsPerUser: 30, factors: 6 },
      ...{ days: 2, logDays: 1, newsPerHour: 20, topics: 6, providers: 4, dimensions: 4 },
      ...{ products: 40, logUsers: 12, flips: 10, maxLists: 64 },
      ...{ hidden: 8, batch: 32, replayImpressions: 80, pretrainSteps: 20, majorSteps: 4 },
      ...{ majorEveryDuels: 4, epochs: 3, stateBits: 3, itemBits: 3, duelImpressions: 30 },
    },
    without: new Set([
      ...['ratings', 'impressions', 'queries', 'bandit'].map((kind) => `environment: ${kind}`),
      'rankers: model',
    ]),
  }) as ExperimentSpecInput
  const rankers = [...(raw.rankers ?? []), { kind: 'random' }, { kind: 'popularity' }].slice(0, 6)
  const { environment: world } = raw
  // sessions are as long as their chain makes them
  const environment = world.kind === 'sessions' ? { ...world, leave: 0.4 } : world
  return { ...raw, version: 1, environment, rankers: raw.design === 'explore' ? [] : rankers }
}

/** The spec with every offered remedy taken; null where one is missing. */
function remedied(raw: unknown): ExperimentSpec | null {
  let spec = raw
  for (let round = 0; round < 6; round++) {
    const check = checkSpec(spec)
    if (check.spec) return check.spec
    for (const { path, fix, message } of check.issues) {
      if (fix === null && !message.includes('is not a field')) return null
      spec = withValue(spec, path.split('.'), fix ?? undefined)
    }
  }
  throw new Error(`the remedies do not end: ${JSON.stringify(checkSpec(spec).issues)}`)
}

function withValue(root: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  const fields = (root ?? {}) as Readonly<Record<string, unknown>>
  const inner = rest.length === 0 ? value : withValue(fields[key], rest, value)
  return Array.isArray(root)
    ? root.map((entry: unknown, i) => (String(i) === key ? inner : entry))
    : Object.fromEntries(
        Object.entries({ ...fields, [key]: inner }).filter(([, part]) => part !== undefined),
      )
}

describe('any spec that is accepted', () => {
  // fixed seeds: what else is found is a finding, not a failure of an unrelated change
  const seeds = Array.from({ length: 30 }, (_, i) => i + 1)

  it('runs to its end with finite numbers and resumes to the same digest, or names a field', async () => {
    let ran = 0
    for (const seed of seeds) {
      const spec = remedied(anySpec(seed))
      if (!spec) continue
      const outcome = await runToEnd(ops, spec, { seed }).catch((error: unknown) => error)
      if (outcome instanceof Error) {
        expect(outcome, `seed ${seed}: ${outcome.stack}`).toBeInstanceOf(RangeError)
        expect(outcome.message).toMatch(/(environment|agent|explorer|traffic)\.\w+/)
        continue
      }
      const { summary, batches, checkpoints } = outcome as Awaited<ReturnType<typeof runToEnd>>
      expect(notFinite(summary), `seed ${seed}`).toEqual([])
      if (batches.length === 0) continue // nobody came
      const fold = new BreakdownFold(spec)
      for (const { chunk } of batches) fold.add(chunk)
      // the columns of the users have NaN where a user has no vote
      expect(notFinite({ ...fold.result(), users: null }), `seed ${seed}`).toEqual([])
      expect(notFinite(fold.range([0, Math.ceil(last(batches).done / 2)])), `seed ${seed}`).toEqual(
        [],
      )
      const checkpoint = checkpoints[(checkpoints.length - 1) >> 1]!
      const resumed = await runToEnd(ops, spec, { seed, checkpoint, usersPerCall: 1 })
      expect(resumed.summary.digest, `seed ${seed}`).toBe(summary.digest)
      ran++
    }
    expect(ran).toBeGreaterThan(seeds.length / 2)
  })
})
