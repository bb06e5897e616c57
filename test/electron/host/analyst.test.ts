import { afterEach, describe, expect, it } from 'vitest'
import type { BreakdownEvent } from '#core/contract'
import { bench, fakeSpec, untilState, type Api, type Bench } from '../../support/hostHarness.ts'

let at: Bench | undefined
afterEach(() => at?.end())

async function events(api: Api, run: number): Promise<BreakdownEvent[]> {
  const all: BreakdownEvent[] = []
  for await (const some of api.stream('runs.breakdown', { run })) all.push(...some)
  return all
}

describe('the stored impressions of a run', () => {
  it('are read by a job process, with progress, and once', async () => {
    at = await bench()
    const { api } = at
    const run = await api.call('runs.start', { spec: fakeSpec('read'), seed: 1 })
    const { done } = await untilState(api, run, 'finished')
    const [first, second] = await Promise.all([events(api, run), events(api, run)])
    expect(first.at(0)).toMatchObject({ type: 'progress', share: 1 })
    expect(first.at(-1)).toMatchObject({ type: 'finished', breakdown: { impressions: done } })
    // the second page waited for the first one's answer
    expect(second.map(({ type }) => type)).toEqual(['finished'])
    const range = await api.call('runs.range', { run, from: 0, to: 400 })
    expect(range.findings).toMatchObject({ from: 0, family: { kind: 'starts' } })
  })

  it('say nothing of a range while users may come back', async () => {
    at = await bench()
    const { api } = at
    const run = await api.call('runs.start', { spec: fakeSpec('slow', 'slow=20'), seed: 1 })
    await untilState(api, run, 'running')
    const range = await api.call('runs.range', { run, from: 0, to: 5 })
    expect(range).toEqual({ findings: null, reason: 'unfinished' })
  })
})
