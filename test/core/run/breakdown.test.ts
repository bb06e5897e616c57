import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { BreakdownFold } from '#core/run/breakdown'
import { userSegments } from '#core/run/userSegments'
import { runToEnd, type EndedRun } from '../../support/runToEnd.ts'
import { smallSpec } from '../../support/smallSpec.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
let ended: EndedRun
beforeAll(async () => {
  ops = await wasmOps()
  ended = await runToEnd(ops, smallSpec())
})

const sum = (values: Iterable<number>) => [...values].reduce((all, value) => all + value, 0)

describe('the breakdown of a run', () => {
  const broken = () => {
    const fold = new BreakdownFold(smallSpec())
    for (const { chunk } of ended.batches) fold.add(chunk)
    return fold.result()
  }

  it('adds up to its summary', () => {
    const { users, places, steps, impressions } = broken()
    const { summary } = ended
    expect(impressions).toBe(summary.impressions)
    expect(sum(users.impressions)).toBe(summary.impressions)
    expect(sum(users.clicks)).toBe(summary.clicks)
    expect(users.user.length).toBe(summary.users)
    const outcome = (code: number) => sum(users.outcomes.filter((_, i) => i % 4 === code))
    const { a, b, tie, noVote } = summary.outcomes
    expect([0, 1, 2, 3].map(outcome)).toEqual([a, b, tie, noVote])
    // what users add to Δ is Δ
    expect(sum(users.share.filter(Number.isFinite))).toBeCloseTo(summary.delta.value!, 6)
    expect(sum(places.flatMap(({ clicked }) => clicked))).toBe(summary.clicks)
    expect(sum(steps.map(({ clicks }) => clicks))).toBe(summary.clicks)
    expect(steps[0]!.lists).toBe(summary.users)
  })

  it('counts exposure as the run does', () => {
    const { exposure } = broken()
    expect(exposure.served.effective).toBeCloseTo(ended.summary.effectiveItems!, 6)
    expect(exposure.served.top10).toBeCloseTo(sum(exposure.served.most.map(({ share }) => share)))
    expect(exposure.recent.items).toBeLessThanOrEqual(exposure.served.items)
  })

  it('keeps what the references would have shown of late', () => {
    const { exposure } = broken()
    const { exposure: references } = ended.summary
    expect(references!.window).toBe(exposure.window)
    expect(references!.items).toBe(200)
    const of = (id: string) => references!.arms.find((arm) => arm.id === id)!.figures
    // popularity shows few items to all, a random list any of them
    expect(of('popularity').effective).toBeLessThan(of('random').effective / 2)
    expect(of('popularity').top10).toBeGreaterThan(of('random').top10)
    for (const { figures } of references!.arms) {
      expect(figures.lorenz.at(0)).toBe(0)
      expect(figures.lorenz.at(-1)).toBeCloseTo(1)
    }
    const { trend } = exposure
    expect(trend.end.map((end) => end % exposure.window)).toEqual(trend.end.map(() => 0))
    expect(Math.max(...trend.served)).toBeLessThanOrEqual(exposure.served.items)
    expect(exposure.reached.map((users) => users.length).every((n) => n > 0)).toBe(true)
  })

  it('goes on from a checkpoint to the same references', async () => {
    const checkpoint = ended.checkpoints[3]!
    const resumed = await runToEnd(ops, smallSpec(), { checkpoint })
    expect(resumed.summary).toEqual(ended.summary)
  })

  it('has segments that share out the users, in one corrected family', () => {
    const { segments } = broken()
    const n = (prefix: RegExp) =>
      sum(segments!.rows.filter(({ id }) => prefix.test(id)).map(({ delta }) => delta.n))
    expect(n(/early|middle|late/)).toBe(ended.summary.usersVoting)
    expect(n(/Lists/)).toBe(ended.summary.usersVoting)
    expect(segments!.family).toMatchObject({ method: 'eBh', size: segments!.rows.length })
  })
})

describe('segments', () => {
  const { analysis, traffic } = smallSpec()
  const users = (voteOf: (i: number) => number) =>
    Array.from({ length: 600 }, (_, i) => {
      const vote = voteOf(i)
      return { lists: 1 + (i % 9), vote, sign: (Math.sign(vote - 0.5) + 1) / 2, last: i }
    })

  it('name a direction only where there is one', () => {
    const { rows } = userSegments(
      users((i) => (i < 200 ? (i % 5 === 0 ? 0 : 1) : i % 2)),
      { analysis, traffic: { ...traffic, users: 600 } },
    )
    const by = Object.fromEntries(rows.map((row) => [row.id, row]))
    expect(by['early']).toMatchObject({ rejected: true, limits: [1, 200] })
    expect(by['early']!.delta.value).toBeCloseTo(0.3, 12)
    expect(by['middle']!.rejected).toBe(false)
    expect(by['late']!.rejected).toBe(false)
  })

  it('of nobody are none', () => {
    expect(userSegments([], { analysis, traffic }).rows).toEqual([])
  })
})
