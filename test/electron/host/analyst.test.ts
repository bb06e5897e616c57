import { afterEach, describe, expect, it } from 'vitest'
import { readBundle } from '#core/bundle/bundle'
import type { BreakdownEvent } from '#core/contract/runs'
import { bench, fakeSpec, untilState, type Api, type Bench } from '../../support/hostHarness.ts'

let at: Bench | undefined
afterEach(() => at?.end())

async function events(api: Api, run: number): Promise<BreakdownEvent[]> {
  const all: BreakdownEvent[] = []
  for await (const some of api.stream('runs.breakdown', { run })) all.push(...some)
  return all
}

async function sent(api: Api, bytes: Uint8Array): Promise<{ readonly upload: string }> {
  const upload = await api.call('uploads.begin', { fileName: 'run.duelist' })
  await api.call('uploads.append', { upload, bytes: new Uint8Array(bytes) })
  return { upload }
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

    const made = { run, format: 'duelist', language: 'en' } as const
    const { bytes } = await api.call('reports.render', made)
    const { segments } = readBundle(bytes!)
    expect(segments!.rows.length).toBeGreaterThan(3)
    // what a report told stays with the run where it is opened, though its impressions do not travel
    const there = await bench()
    const { upload } = await sent(there.api, bytes!)
    const opened = await there.api.call('bundles.open', { upload })
    if (!('run' in opened)) throw new Error('a run was sent')
    const again = await there.api.call('reports.render', { ...made, run: opened.run })
    await there.end()
    expect(readBundle(again.bytes!).segments).toEqual(segments)
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
