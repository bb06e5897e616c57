import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunId } from '#core/contract/ids'
import { outcomeCodes } from '#core/run/batch'
import { FAKE_BATCHES, fakeBatch } from '../../support/fakeRun.ts'
import { bench, fakeSpec, untilState, type Bench } from '../../support/hostHarness.ts'

describe('runs.find', () => {
  let b: Bench
  let run: RunId
  const seed = 5
  /** Every impression of the fake run. */
  const all = Array.from(
    { length: FAKE_BATCHES },
    (_, step) => fakeBatch(seed, step).chunk,
  ).flatMap(({ user, outcome }) =>
    Array.from(user, (who, i) => ({ user: who, outcome: outcomeCodes[outcome[i]!]! })),
  )
  const find = (from: number, back: boolean, wish: { outcome?: 'a' | 'tie'; user?: number }) =>
    b.api.call('runs.find', { run, from, back, outcome: null, user: null, ...wish })

  beforeAll(async () => {
    b = await bench()
    run = await b.api.call('runs.start', { spec: fakeSpec('found'), seed })
    await untilState(b.api, run, 'finished')
  })
  afterAll(() => b.end())

  it('gives the nearest in both directions, over the ends of chunks', async () => {
    for (const from of [0, 9, 10, 123, all.length - 1]) {
      const next = all.findIndex((one, i) => i >= from && one.outcome === 'tie')
      const before = all.findLastIndex((one, i) => i <= from && one.outcome === 'tie')
      expect(await find(from, false, { outcome: 'tie' })).toBe(next < 0 ? null : next)
      expect(await find(from, true, { outcome: 'tie' })).toBe(before < 0 ? null : before)
    }
  })

  it('joins outcome and user, and says that there is none', async () => {
    const { user } = all[57]!
    const found = all.findIndex((one) => one.user === user && one.outcome === 'a')
    expect(await find(0, false, { outcome: 'a', user })).toBe(found < 0 ? null : found)
    expect(await find(0, false, { user: 4711 })).toBeNull()
    expect(await find(all.length, false, { outcome: 'a' })).toBeNull()
  })
})
