import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { ExperimentSpec, type ExperimentSpecInput } from '#core/experimentSpec'
import { runToEnd } from '../../support/runToEnd.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const agent = { kind: 'drn', hidden: 8, batch: 16, majorSteps: 2, pretrainSteps: 5 } as const
const small = { users: 30, impressionsPerUser: 6, poolSize: 12, listLength: 4 }
const spec = (rest: Partial<ExperimentSpecInput>): ExperimentSpec =>
  ExperimentSpec.parse({ name: 'live', traffic: small, ...rest })

const news = {
  kind: 'news',
  users: 30,
  days: 2,
  logDays: 0.5,
  newsPerHour: 6,
  topics: 4,
  providers: 2,
  dimensions: 4,
  targetCtr: 0.15,
} as const

const worlds: Readonly<Record<string, ExperimentSpec>> = {
  'news, by impressions': spec({
    environment: news,
    agent: { ...agent, majorEveryDuels: 1 },
    explorer: { kind: 'dbgd', alpha: 0.5, duelImpressions: 7 },
  }),
  'news, by time, void': spec({
    environment: news,
    agent: { ...agent, majorSeconds: 5400 },
    explorer: { kind: 'dbgd', alpha: 0.5, duelSeconds: 3600 },
  }),
  'news, by time, carried': spec({
    environment: news,
    agent: { ...agent, head: 'dot', majorSeconds: 5400, majorDuringDuel: 'carry' },
    explorer: { kind: 'dbgd', alpha: 0.5, duelSeconds: 14400 },
  }),
  'news, a duel of rankers': spec({
    environment: news,
    design: 'duel',
    rankers: [{ kind: 'learner' }, { kind: 'popularity' }, { kind: 'factors' }],
    agent: { ...agent, majorSeconds: 7200 },
  }),
  sessions: spec({
    environment: { kind: 'sessions', users: 8, products: 20, logUsers: 30, leave: 0.05 },
    traffic: { ...small, users: 8 },
    agent: { ...agent, majorEveryDuels: 1 },
    explorer: { kind: 'dbgd', duelImpressions: 10 },
  }),
  'low rank': spec({
    environment: { kind: 'lowRank', users: 30, items: 200, ratingsPerUser: 20, factors: 4 },
    agent: { ...agent, majorEveryDuels: 1 },
    explorer: { kind: 'dbgd', duelImpressions: 10 },
  }),
}

describe.each(Object.entries(worlds))('a run in the world %s', (_, world) => {
  it('gives one digest for any users per call and after a resume, and closes every user', async () => {
    const whole = await runToEnd(ops, world)
    const single = await runToEnd(ops, world, { usersPerCall: 1 })
    expect(single.summary).toEqual(whole.summary)
    const middle = whole.checkpoints[Math.floor(whole.checkpoints.length / 2) - 1]!
    const rest = await runToEnd(ops, world, { checkpoint: middle })
    expect(rest.summary).toEqual(whole.summary)
    const { batches, summary } = whole
    const users = new Set(batches.flatMap(({ chunk }) => Array.from(chunk.user)))
    expect(summary.users).toBe(users.size)
    const end = batches[batches.length - 1]!
    expect(end.total).toBe(end.done)
    const times = batches.flatMap(({ chunk }) => Array.from(chunk.seconds))
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(summary.updates.major).toBeGreaterThan(0)
    expect((await runToEnd(ops, world, { seed: 8 })).summary.digest).not.toBe(summary.digest)
  })
})

describe('simulated time', () => {
  it('carries a duel over a major update and from any checkpoint', async () => {
    const world = worlds['news, by time, carried']!
    const { checkpoints, summary } = await runToEnd(ops, world)
    for (const checkpoint of checkpoints) {
      expect((await runToEnd(ops, world, { checkpoint })).summary.digest).toBe(summary.digest)
    }
  })

  it('closes duels and makes major updates by its own periods', async () => {
    const { batches } = await runToEnd(ops, worlds['news, by time, void']!)
    const times = batches.flatMap(({ chunk }) => Array.from(chunk.seconds))
    const updates = batches.flatMap((batch) => batch.updates)
    const end = times[times.length - 1]!
    const hours = (kind: string) => updates.filter((u) => u.kind === kind).length
    // never more often than once in a period of traffic
    expect(hours('minor')).toBeLessThanOrEqual(Math.ceil(end / 3600) * 2)
    expect(hours('major')).toBeLessThanOrEqual(Math.ceil(end / 5400))
    for (const { kind, impression } of updates) {
      if (kind !== 'major') continue
      const [before, after] = [times[impression - 1] ?? 0, times[impression]!]
      expect(Math.floor(after / 5400)).toBeGreaterThan(Math.floor(before / 5400))
    }
    expect(updates.some((u) => u.kind === 'minor' && u.result === 'void')).toBe(true)
  })
})
