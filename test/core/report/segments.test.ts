import { expect, it } from 'vitest'
import { readBundle, writeBundle } from '#core/bundle/bundle'
import { renderReport } from '#core/report/index'
import { userSegments } from '#core/run/userSegments'
import { inputFixture } from './fixture.ts'

const { run } = inputFixture({})
const users = Array.from({ length: 300 }, (_, i) => {
  const vote = i < 100 ? Number(i % 5 !== 0) : i % 2
  return { lists: 1 + (i % 7), vote, sign: vote, last: i }
})
const segments = userSegments(users, run.spec)

it.each([
  ['en', 'Segments', 'users 1 to 100', 'all 6 at once'],
  ['zh-CN', '分群', '第 1 至 100 名用户', '6 个同时成立'],
] as const)('segments stand in every format: %s', (language, title, row, together) => {
  for (const format of ['html', 'md', 'csv'] as const) {
    const { text } = renderReport({ ...inputFixture({ format, language }), segments })
    const head = format === 'csv' ? 'segment.early' : title // a table has no titles
    for (const words of [head, row, together, 'e-BH']) expect(text).toContain(words)
    expect(text).not.toMatch(/NaN|undefined/)
  }
  const json = renderReport({ ...inputFixture({ format: 'json', language }), segments }).text
  const [source] = (JSON.parse(json) as { sources: { segments: unknown }[] }).sources
  expect(source!.segments).toEqual(segments)
})

it('segments travel in a bundle, to the same reports byte by byte', () => {
  const input = { ...inputFixture({ format: 'duelist' }), segments }
  const bundle = renderReport(input).bytes!
  const opened = readBundle(bundle)
  expect(opened.segments).toEqual(segments)
  expect(writeBundle(opened)).toEqual(bundle)
  const html = (from: Parameters<typeof renderReport>[0]) => renderReport(from).text
  const made = { format: 'html', language: 'en' } as const
  expect(html({ ...opened, ...made })).toBe(html({ ...input, ...made }))
})

it('a run without impressions has no such section', () => {
  const { text } = renderReport(inputFixture({ format: 'html', language: 'en' }))
  expect(text).not.toContain('all 6 at once')
})
