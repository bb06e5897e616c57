import { beforeAll, describe, expect, it } from 'vitest'
import { languages } from '#core/languages'
import type { ComputeOps } from '#core/compute/ops'
import { buildDocument } from '#core/report/buildDocument'
import { renderReport } from '#core/report/index'
import { contestSpec } from '../../support/contestSpec.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { wasmOps } from '../../support/tensors.ts'
import { detailFixture, inputFixture } from './fixture.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

describe('the report of a plan with guardrails', () => {
  it('has their values, limits and states, and what was locked', async () => {
    const guardrails = { ctrFloor: 0.99, diversityFloor: 5, latencyCeiling: 20 }
    const spec = contestSpec('duel', ['factors', 'random'], 60, {
      analysis: { guardrails, correction: 'by' },
    })
    const { summary, batches } = await runToEnd(ops, spec)
    const run = detailFixture({ spec, summary, name: spec.name, dataset: null })
    const points = batches.map(({ point }) => point)
    const text = (language: 'en' | 'zh-CN') =>
      renderReport(inputFixture({ run, points, language, format: 'md', updates: [] })).text
    expect(text('en')).toContain('floor 99\u00a0%, \\! breached')
    expect(text('en')).toContain('Guardrails were locked before launch')
    expect(text('en')).toContain('corrected by Benjamini–Yekutieli')
    expect(text('zh-CN')).toContain('\\! 被突破')
    expect(text('zh-CN')).toContain('单列表耗时不超过 20 毫秒')
  })
})

describe('the report of a contest', () => {
  it.each(['duel', 'split'] as const)('names the rankers of a %s', async (design) => {
    const spec = contestSpec(design, [
      { kind: 'factors', label: 'Vectors' },
      'random',
      'popularity',
    ])
    const { summary, batches } = await runToEnd(ops, spec)
    const run = detailFixture({ spec, summary, name: spec.name, dataset: null })
    const points = batches.map(({ point }) => point)
    for (const language of languages) {
      for (const format of ['html', 'md', 'csv', 'json'] as const) {
        const { text } = renderReport(inputFixture({ run, points, language, format, updates: [] }))
        expect(text).toContain('Vectors')
        if (format === 'csv') expect(text).toContain('delta.side2')
        else if (format === 'json') expect(text).toContain('"challengers"')
        else expect(text).toMatch(/Vectors : (Popularity|热门)/)
      }
      const { text } = renderReport(inputFixture({ run, points, language, format: 'md' }))
      // the explore design's words for its sides
      expect(text).not.toMatch(/Current network Q|Explore network Q̃|当前网络 Q|探索网络 Q̃/)
      expect(text).not.toMatch(/NaN|undefined|\[object/)
      const unit = language === 'en' ? 'clicks per list' : '每个列表的点击数'
      expect(text.includes(unit)).toBe(design === 'split')
      // nobody votes in a split: no outcome of a duel, no test of votes
      const { sections } = buildDocument(inputFixture({ run, points, language }))
      const { blocks } = sections.find(({ id }) => id === 'result')!
      const ids = blocks.flatMap((block) =>
        block.kind === 'quantities' ? block.quantities.map(({ id }) => id) : [block.kind],
      )
      expect(ids).toContain(design === 'split' ? 'clicksPerList.q' : 'signTest')
      for (const id of ['counts', 'signTest', 'designEffect', 'deltaImpression']) {
        expect(ids.includes(id), id).toBe(design === 'duel')
      }
    }
  })
})
