import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReportId, RunId } from '#core/contract/ids'
import { bench, fakeSpec, untilServed, untilState, type Bench } from '../../support/hostHarness.ts'

let b: Bench
beforeEach(async () => {
  b = await bench({ checkpointEvery: 50 })
})
afterEach(() => b.end())

async function finished(seed = 1): Promise<RunId> {
  const run = await b.api.call('runs.start', { spec: fakeSpec('Wide', ''), seed })
  await untilState(b.api, run, 'finished')
  return run
}
const create = (run: RunId, api = b.api): Promise<ReportId> =>
  api.call('reports.create', {
    template: 'standard',
    sources: [{ kind: 'run', id: run }],
    language: 'en',
  })

describe('a report', () => {
  it('is made, changed, exported, copied and deleted, and the log says so', async () => {
    const report = await create(await finished())
    const { content } = await b.api.call('reports.get', { report })
    expect(content.title).toBe('Wide')
    const blocks = content.blocks.slice(0, 3).toReversed()
    await b.api.call('reports.save', { report, content: { ...content, title: 'Mine', blocks } })
    const preview = await b.api.call('reports.preview', { report, language: 'en' })
    const file = await b.api.call('reports.export', { report, format: 'html', language: 'en' })
    expect(file.text).toBe(preview)
    expect(file.name).toBe('mine.html')
    const sha256 = createHash('sha256').update(file.text).digest('hex')
    const copy = await b.api.call('reports.duplicate', { report, title: 'Mine again' })
    expect(await b.api.call('reports.list', {})).toMatchObject([
      { id: copy, title: 'Mine again', blocks: 3, lastExport: null },
      { id: report, title: 'Mine', lastExport: { format: 'html', sha256 } },
    ])
    await b.api.call('reports.delete', { report })
    await expect(b.api.call('reports.get', { report })).rejects.toThrow(`no report ${report}`)
    expect(await b.api.call('reports.preview', { report: copy, language: 'en' })).toContain('Mine')
    const actions = (await b.api.call('audit.list', { limit: 20 })).map(({ action }) => action)
    expect(actions.slice(0, 5)).toEqual([
      'report.delete',
      'report.duplicate',
      'report.export',
      'report.save',
      'report.create',
    ])
  })

  it('previews of every kind of block, in both languages, what it exports', async () => {
    const runs = [await finished(1), await finished(2)]
    const sources = runs.map((id) => ({ kind: 'run' as const, id }))
    const wish = { template: 'standard' as const, sources, language: 'en' as const }
    const report = await b.api.call('reports.create', wish)
    const { content } = await b.api.call('reports.get', { report })
    const kinds = ['text', 'verdict', 'chart', 'section', 'comparison'] as const
    const text = { kind: 'text' as const, id: 'mine', text: { en: 'Mine', 'zh-CN': '我的' } }
    const comparison = { kind: 'comparison' as const, id: 'all' }
    const known = [text, comparison, ...content.blocks]
    const pages = new Set<string>()
    for (const kind of kinds) {
      const block = known.find((one) => one.kind === kind)!
      const changed = {
        ...content,
        languages: ['en' as const, 'zh-CN' as const],
        paper: 'Letter' as const,
        blocks: [block],
      }
      await b.api.call('reports.save', { report, content: changed })
      for (const language of changed.languages) {
        const page = await b.api.call('reports.preview', { report, language })
        const file = await b.api.call('reports.export', { report, format: 'html', language })
        expect([kind, language, file.text]).toEqual([kind, language, page])
        expect(file.name).toBe(`wide-${language}.html`)
        expect(page).toContain('size:letter')
        pages.add(page)
      }
    }
    expect(pages.size).toBe(2 * kinds.length) // each is another page
  })

  it('keeps what it quoted when its run goes on, says so, and reads it again when told', async () => {
    const run = await b.api.call('runs.start', { spec: fakeSpec('Slow', 'slow=4'), seed: 1 })
    await untilServed(b.api, run, 60)
    await b.api.call('runs.pause', { run })
    await untilState(b.api, run, 'paused')
    const report = await create(run)
    const stateOf = async () => (await b.api.call('reports.get', { report })).quotes[0]!.state
    const shown = () => b.api.call('reports.preview', { report, language: 'en' })
    const before = await shown()
    expect(await stateOf()).toBe('fresh')
    await b.api.call('runs.resume', { run })
    await untilState(b.api, run, 'finished')
    expect(await stateOf()).toBe('stale')
    expect(await shown()).toBe(before)
    await b.api.call('reports.recompute', { report })
    expect(await stateOf()).toBe('fresh')
    expect(await shown()).not.toBe(before)
    await b.api.call('runs.delete', { run })
    expect(await stateOf()).toBe('gone')
    expect(await shown()).toContain('Slow')
  })

  it('takes further sources, and refuses those that it has not quoted', async () => {
    const [one, other] = [await finished(1), await finished(2)]
    const report = await create(one)
    const { content } = await b.api.call('reports.get', { report })
    const key = await b.api.call('reports.quote', { report, kind: 'run', id: other })
    const source = { key, kind: 'run', id: other } as const
    await b.api.call('reports.save', {
      report,
      content: { ...content, sources: [...content.sources, source] },
    })
    expect((await b.api.call('reports.get', { report })).quotes).toMatchObject([
      { id: one, state: 'fresh' },
      { id: other, state: 'fresh' },
    ])
    const unknown = { key: 's9', kind: 'run', id: other } as const
    await expect(
      b.api.call('reports.save', {
        report,
        content: { ...content, sources: [...content.sources, unknown] },
      }),
    ).rejects.toThrow('no snapshot of its source "s9"')
    await expect(create(999)).rejects.toThrow('there is no run 999')
  })

  it('opens in another workspace, with its run, to the same bytes', async () => {
    const report = await create(await finished())
    const exported = (api: Bench['api'], id: ReportId, format: 'html' | 'md' | 'csv' | 'json') =>
      api.call('reports.export', { report: id, format, language: 'zh-CN' })
    const { bytes } = await b.api.call('reports.export', {
      report,
      format: 'duelist',
      language: 'en',
    })
    const there = await bench()
    try {
      const open = async () => {
        const upload = await there.api.call('uploads.begin', { fileName: 'mine.duelist' })
        await there.api.call('uploads.append', { upload, bytes: new Uint8Array(bytes!) })
        const opened = await there.api.call('bundles.open', { upload })
        if (!('report' in opened)) throw new Error('not a report')
        return opened.report
      }
      const first = await open()
      for (const format of ['html', 'md', 'csv', 'json'] as const) {
        expect(await exported(there.api, first, format)).toEqual(
          await exported(b.api, report, format),
        )
      }
      const [quote] = (await there.api.call('reports.get', { report: first })).quotes
      expect(quote).toMatchObject({ id: 1, state: 'fresh' })
      await open()
      expect(await there.api.call('runs.list', {})).toHaveLength(1) // not a second time
    } finally {
      await there.end()
    }
  })
})
