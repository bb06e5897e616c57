import fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { writeArchive } from '#core/bundle/archive'
import { readBundle, writeBundle } from '#core/bundle/bundle'
import { renderReport } from '#core/report/index'
import { pointMetrics, pointWidth } from '#core/run/point'
import { canonicalJson } from '#core/specHash'
import { inputFixture } from './fixture.ts'

const bytesOf = (input: Parameters<typeof renderReport>[0]) => renderReport(input).bytes!

/** Cells of a sheet by their place. */
function cells(xml: string): ReadonlyMap<string, string> {
  const found = xml.matchAll(/<c r="([A-Z]+\d+)"[^>]*>(?:<v>|<is><t[^>]*>)([^<]*)</g)
  const words = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
  const plain = (text: string) =>
    text.replace(/&(lt|gt|quot|#39|amp);/g, (entity) => words[entity as keyof typeof words])
  return new Map(Array.from(found, ([, place, text]) => [place!, plain(text!)]))
}

describe('the workbook', () => {
  const input = inputFixture({ format: 'xlsx', language: 'zh-CN' })
  const parts = unzipSync(bytesOf(input))

  it('holds every point in full precision', () => {
    const points = cells(strFromU8(parts['xl/worksheets/sheet2.xml']!))
    const table = input.points as Float64Array
    pointMetrics.slice(0, 26).forEach((metric, i) => {
      const column = String.fromCharCode(65 + i)
      expect(points.get(`${column}1`)).toBe(metric)
      for (let row = 0; row < table.length / pointWidth; row++) {
        const value = table[row * pointWidth + i]!
        const cell = points.get(`${column}${row + 2}`)
        expect(cell === undefined ? Number.NaN : Number(cell)).toBe(value)
      }
    })
  })

  it('says what the CSV says', () => {
    const report = cells(strFromU8(parts['xl/worksheets/sheet1.xml']!))
    const csv = renderReport({ ...input, format: 'csv' }).text
    expect(report.get('A1')).toBe('section')
    expect(csv).toContain(report.get('E3')!) // the headline, in Chinese
    expect(report.get('E3')).toMatch(/\p{Script=Han}/u)
  })

  it('has no formula and no absolute date in it', () => {
    expect(strFromU8(parts['xl/worksheets/sheet1.xml']!)).not.toContain('<f>')
    expect(bytesOf(input)).toEqual(bytesOf(input))
  })
})

describe('a bundle', () => {
  it('carries the models that its rankers name', () => {
    const values = Float32Array.of(1, 2)
    const model = { kind: 'linear', params: {}, arrays: [{ name: 'w', shape: [2], values }] }
    const origin = { seed: 1, spec: {}, dataset: null, engineVersion: '3' }
    const provenance = { ...origin, run: 4, side: 0, impressions: 10 }
    const models = [{ name: 'One', model, provenance, metrics: { ctr: 0.1 } }]
    const carried = bytesOf({ ...inputFixture({ format: 'duelist' }), models })
    expect(readBundle(carried).models).toEqual(models)
  })

  const input = inputFixture({ format: 'duelist' })
  const bundle = bytesOf(input)

  it('is the same bytes for the same run', () => expect(bytesOf(input)).toEqual(bundle))

  it('reopens to identical numbers, and to the same reports byte by byte', () => {
    const opened = readBundle(bundle)
    expect(opened.points).toEqual(input.points)
    expect(opened.run.summary).toEqual(input.run.summary)
    for (const format of ['html', 'md', 'csv', 'json', 'xlsx'] as const) {
      for (const language of ['en', 'zh-CN'] as const) {
        const again = renderReport({ ...opened, format, language })
        expect(again).toEqual(renderReport({ ...input, format, language }))
      }
    }
    expect(writeBundle(opened)).toEqual(bundle)
    // as a workspace stores it
    const spec = JSON.parse(canonicalJson(input.run.spec))
    const stored = bytesOf({ ...input, run: { ...input.run, spec } })
    expect(writeBundle(readBundle(stored))).toEqual(stored)
  })

  it('tells no path of the machine', () => {
    expect(strFromU8(unzipSync(bundle)['run.json']!)).not.toContain('/secret/place')
  })

  it.each([
    ['changed since', { 'points.f64': new Uint8Array(8) }],
    ['lies outside', { '../evil': strToU8('x') }],
    ['lies outside', { '/etc/passwd': strToU8('x') }],
    ['not of version', { 'manifest.json': strToU8('{}') }],
    ['no JSON', { 'manifest.json': strToU8('{') }],
  ])('is refused when it is %s', (reason, files) => {
    expect(() => readBundle(zipSync({ ...unzipSync(bundle), ...files }))).toThrow(reason)
  })

  /** The bundle with one entry changed by somebody who also wrote its hash anew. */
  const rewritten = (name: string, bytes: Uint8Array): Uint8Array => {
    const { 'manifest.json': manifest, ...entries } = unzipSync(bundle)
    return writeArchive(
      JSON.parse(strFromU8(manifest!)),
      Object.entries({ ...entries, [name]: bytes }),
    )
  }
  const run = JSON.parse(strFromU8(unzipSync(bundle)['run.json']!))
  const json = (value: unknown) => strToU8(JSON.stringify(value))

  it.each([
    ['run.json" is damaged: name is 7; it must be a text', 'run.json', json({ ...run, name: 7 })],
    ['run.json" is damaged: spec is []; it must be an object', 'run.json', json([])],
    ['run.json" is damaged: spec is missing', 'run.json', json({ ...run, spec: undefined })],
    [
      'spec.traffic.users is -1; it must be at least',
      'run.json',
      json({ ...run, spec: { ...run.spec, traffic: { ...run.spec.traffic, users: -1 } } }),
    ],
    [
      'summary.delta is null',
      'run.json',
      json({ ...run, summary: { ...run.summary, delta: null } }),
    ],
    ['points.f64" is damaged at point 1', 'points.f64', new Uint8Array(12)],
    ['updates.json" is damaged: 0.kind is "x"', 'updates.json', json([{ kind: 'x' }])],
  ])('is refused where its own hash agrees, but %s', (reason, name, bytes) => {
    expect(() => readBundle(rewritten(name, bytes))).toThrow(reason)
  })

  it('takes no place on this machine from a bundle', () => {
    const dataset = { ...run.dataset, path: '/etc/passwd' }
    const opened = readBundle(rewritten('run.json', json({ ...run, dataset })))
    expect(opened.run.dataset?.path).toBe('')
  })

  it('whatever one value of it becomes, is refused by name or can be printed', () => {
    const places: (readonly string[])[] = []
    const collect = (value: unknown, path: readonly string[]) => {
      if (path.length > 0) places.push(path)
      if (typeof value !== 'object' || value === null) return
      for (const [key, inner] of Object.entries(value)) collect(inner, [...path, key])
    }
    collect(run, [])
    const junk = fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.constant({ toString: 1 }))
    fc.assert(
      fc.property(fc.constantFrom(...places), junk, (path, value) => {
        const changed = structuredClone(run)
        let at = changed
        for (const key of path.slice(0, -1)) at = at[key]
        at[path.at(-1)!] = value
        let opened
        try {
          opened = readBundle(rewritten('run.json', json(changed)))
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
          expect((error as Error).message).toContain('export')
          return
        }
        renderReport({ ...opened, format: 'html', language: 'en' })
      }),
      { numRuns: 40 },
    )
  })

  it('is refused when it is no archive, or a part of one', () => {
    expect(() => readBundle(strToU8('hello'))).toThrow('no .duelist bundle')
    expect(() => readBundle(bundle.subarray(0, bundle.length / 2))).toThrow('no .duelist bundle')
  })
})
