import { describe, expect, it } from 'vitest'
import { languages } from '#core/languages'
import { reportFormatIds } from '#core/contract/reports'
import { runStates } from '#core/contract/runs'
import { renderReport } from '#core/report/index'
import type { ReportInput } from '#core/report/reportInput'
import { pointWidth } from '#core/run/point'
import { verdictStates, type RunSummary } from '#core/run/summary'
import { detailFixture, inputFixture, specFixture, summaryFixture } from './fixture.ts'

const render = (change: Partial<ReportInput> = {}) => renderReport(inputFixture(change)).text
const withSummary = (change: Partial<RunSummary>) =>
  detailFixture({ summary: summaryFixture(change) })

const nothing = { value: null, low: null, high: null, n: 0, reason: 'noVotes' }
/** A run that has stored one batch in which nobody clicked. */
const bare = withSummary({
  delta: nothing,
  deltaImpression: nothing,
  otherEngines: [{ id: 'asymptotic', estimate: nothing }],
  explorationCost: nothing,
  logE: null,
  decidedAtUser: null,
  designEffect: null,
  signTest: { p: null, winsA: 0, winsB: 0, unit: 'user' },
  outcomes: { a: 0, b: 0, tie: 0, noVote: 0, identical: 0 },
  impressions: 0,
  verdict: {
    state: 'insufficient',
    reason: 'noVotes',
    usersStillNeeded: null,
    differenceExists: false,
  },
  arms: [{ id: 'q', ctr: nothing, ndcg: nothing, precision: null }],
  meanOverlap: null,
  effectiveItems: null,
  health: [{ id: 'heavyUsers', level: 'ok', value: null, kind: 'share', limit: 0.2, n: 0 }],
})

const cases: [string, Partial<ReportInput>][] = [
  ['a finished run', {}],
  [
    'points in batches',
    { points: [new Float64Array(pointWidth), new Float64Array(2 * pointWidth)] },
  ],
  [
    'a run without a result',
    {
      run: detailFixture({ summary: null, done: 0, backend: null, dataset: null }),
      points: [],
      updates: [],
    },
  ],
  ['a result without a vote', { run: bare, points: new Float64Array(pointWidth).fill(Number.NaN) }],
  ['one point', { points: new Float64Array(pointWidth).fill(0.1) }],
  ...runStates.map((state): [string, Partial<ReportInput>] => [
    state,
    { run: detailFixture({ state }) },
  ]),
  ...verdictStates.map((state): [string, Partial<ReportInput>] => [
    `the verdict ${state}`,
    {
      run: withSummary({
        verdict: { state, reason: null, usersStillNeeded: 40, differenceExists: false },
      }),
    },
  ]),
]

/** The archives have a test of their own. */
const textFormats = reportFormatIds.filter((id) => id !== 'xlsx' && id !== 'duelist')

describe.each(textFormats)('a report as %s', (format) => {
  it.each(cases)('of %s is whole in both languages', (_name, change) => {
    for (const language of languages) {
      const text = render({ ...change, format, language })
      expect(text).not.toMatch(/undefined|\bNaN\b|Infinity|\[object/)
      if (format !== 'json') expect(text).not.toMatch(/\bnull\b(?! ?ref)/)
      expect(text.length).toBeGreaterThan(1000)
    }
  })

  it('gives the same bytes again, and others for another language', () => {
    expect(render({ format })).toBe(render({ format }))
    expect(render({ format, language: 'zh-CN' })).not.toBe(render({ format }))
  })

  it('holds everything that a rerun needs, and no path of this machine', () => {
    for (const language of languages) {
      const text = render({ format, language })
      const { specHash, dataset, summary, commandLine, seed } = detailFixture()
      for (const part of [
        specHash,
        dataset!.hash,
        summary!.digest,
        commandLine,
        String(seed),
        '0.1.0',
        'wasm',
      ]) {
        expect(text).toContain(part)
      }
      expect(text).toContain('perturbScope') // of the spec itself
      expect(text).not.toContain('/secret/place')
    }
  })

  it('has a file name for every system', () => {
    const named = (name: string) =>
      renderReport(inputFixture({ format, run: detailFixture({ name }) })).name
    expect(named('Wider: α 0.10 / β?')).toBe(`wider-α-0-10-β-run-142.${format}`)
    expect(named('../../etc/passwd')).toBe(`etc-passwd-run-142.${format}`)
    expect(named('更宽的探索')).toBe(`更宽的探索-run-142.${format}`)
    expect(named('???')).toBe(`report-run-142.${format}`)
  })
})

const hostile = `"><script>alert(1)</script>&<img src=x onerror=y>\u0007 | \`*_[a](javascript:b)`
const hostileRun = detailFixture({
  name: hostile,
  commandLine: hostile,
  spec: { ...specFixture, name: hostile, hypothesis: hostile },
})

describe('HTML', () => {
  it('escapes what a user typed', () => {
    const html = render({ run: hostileRun })
    expect(html).not.toMatch(/<script|<img|\u0007/)
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('asks for nothing from outside and runs nothing', () => {
    const html = render()
    const addresses = [...html.matchAll(/https?:\/\/[^"'\s)<]+/g)].map(([address]) => address)
    expect(new Set(addresses)).toEqual(new Set(['http://www.w3.org/2000/svg']))
    expect(html).not.toMatch(
      /<(script|link|iframe|object|embed|base)\b|\son\w+=|\sstyle=|url\(|@import/,
    )
    expect(html).toMatch(/default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='/)
  })

  it('names and describes every chart, with its numbers in a table', () => {
    for (const language of languages) {
      const html = render({ language })
      const charts = [...html.matchAll(/<svg [^>]*role="img" aria-labelledby="(\S+) (\S+)"/g)]
      expect(charts).toHaveLength(4)
      for (const [, title, desc] of charts) {
        expect(html).toMatch(new RegExp(`<title id="${title}">[^<]+</title>`))
        expect(html).toMatch(new RegExp(`<desc id="${desc}">[^<]+</desc>`))
      }
      expect(html.match(/<figure>[^]*?<details>[^]*?<table>/g)).toHaveLength(4)
    }
  })

  it('is well formed: every element closes, every id is unique', () => {
    for (const [, change] of cases) {
      const html = render(change)
      expect(openElements(html)).toEqual([])
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it('gives no side a colour before the verdict names one', () => {
    const forest = (state: RunSummary['verdict']['state']) => {
      const verdict = { state, reason: null, usersStillNeeded: null, differenceExists: false }
      return /<svg [^>]*forest-title[^]*?<\/svg>/.exec(
        render({ run: withSummary({ verdict }) }),
      )![0]
    }
    for (const state of ['invalid', 'insufficient', 'practicallyEqual', 'undecided'] as const) {
      expect(forest(state)).not.toMatch(/#0072b2|#d55e00/)
    }
    expect(forest('aBetter')).toContain('#0072b2')
    expect(forest('bBetter')).toContain('#d55e00')
    expect(forest('invalid')).toContain('stroke-dasharray')
  })
})

describe('Markdown', () => {
  it('has tables whose rows are all as wide as their head', () => {
    for (const [, change] of cases) {
      for (const block of render({ ...change, format: 'md' }).split('\n\n')) {
        const lines = block.split('\n').filter((line) => line.startsWith('|'))
        const widths = lines.map((line) => line.replaceAll('\\|', '').split('|').length)
        expect(new Set(widths).size).toBeLessThanOrEqual(1)
      }
    }
  })

  it('leaves nothing of what a user typed to be read as markup', () => {
    const markdown = render({ run: hostileRun, format: 'md' })
    const prose = markdown.replace(/^(`{3,})\n[^]*?\n\1$/gm, '')
    expect(prose).not.toMatch(/(?<!\\)<(script|img)|(?<!\\)\[a\]/)
  })

  it('fences code with more marks than it holds', () => {
    const run = detailFixture({ commandLine: 'a ```` b' })
    expect(render({ run, format: 'md' })).toContain('\n`````\na ```` b\n`````\n')
  })
})

describe('CSV', () => {
  it('is one table of ten columns by RFC 4180', () => {
    for (const [, change] of cases) {
      const rows = csvRows(render({ ...change, format: 'csv' }))
      expect(new Set(rows.map((row) => row.length))).toEqual(new Set([10]))
    }
    const rows = csvRows(render({ format: 'csv', run: hostileRun }))
    expect(rows.find(([, id]) => id === 'text')![4]).toBe(hostile)
  })

  it('keeps numbers in full, negative ones without an apostrophe', () => {
    const rows = csvRows(render({ format: 'csv' }))
    const delta = rows.find(([section, id]) => section === 'result' && id === 'delta')!
    expect(delta.slice(4, 8)).toEqual(['-0.0391', '-0.0512', '-0.0143', '3204'])
    const curve = rows.filter(([section, id]) => section === 'curve' && id === 'ctrA')
    expect(curve).toHaveLength(120)
    expect(curve.every((row) => Number(row[4]) > 0)).toBe(true)
  })

  it.each(['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠x', ' =1'])(
    'disarms the formula %j',
    (hypothesis) => {
      const run = detailFixture({ spec: { ...specFixture, hypothesis } })
      const row = csvRows(render({ run, format: 'csv' })).find(([, id]) => id === 'text')!
      expect(row[4]).toBe(`'${hypothesis}`)
    },
  )

  it('starts with a byte order mark in Chinese', () => {
    expect(render({ format: 'csv', language: 'zh-CN' }).startsWith('\ufeffsection,')).toBe(true)
    expect(render({ format: 'csv' }).startsWith('section,')).toBe(true)
  })
})

describe('JSON', () => {
  const parsed = (change: Partial<ReportInput> = {}) =>
    JSON.parse(render({ ...change, format: 'json' }))

  it('has a version, full precision, and null with a reason for what is not estimable', () => {
    const json = parsed()
    expect(json).toMatchObject({ schema: 'duelist-report', schemaVersion: 1 })
    const [source] = json.sources
    expect(source.summary).toEqual(summaryFixture())
    expect(source.reproduce.spec).toEqual(specFixture)
    expect(source.points.columns.delta[0]).toBeNull()
    expect(source.points.nullReason).toBe('not estimable at this point')
    expect(source.points.columns.ctrA).toHaveLength(120)
    expect(source.updates.events[0].loss).toBeNull()
    expect(source.updates.nullReason).toBeTypeOf('string')
  })

  it('has its keys in order, everywhere', () => {
    const visit = (value: unknown) => {
      if (typeof value !== 'object' || value === null) return
      if (!Array.isArray(value)) expect(Object.keys(value)).toEqual(Object.keys(value).sort())
      Object.values(value).forEach(visit)
    }
    visit(parsed())
  })
})

it('has every format of the contract, each with a type of its own', () => {
  const mimes = reportFormatIds.map((format) => renderReport(inputFixture({ format })).mime)
  expect(new Set(mimes).size).toBe(mimes.length)
})

it('refuses points that are not whole rows', () => {
  expect(() => render({ points: new Float64Array(pointWidth + 1) })).toThrow(RangeError)
})

/** Rows of a CSV file, by a reader that follows RFC 4180 to the letter. */
function csvRows(text: string): string[][] {
  expect(text.endsWith('\r\n')).toBe(true)
  const rows: string[][] = []
  let row: string[] = []
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  for (let match = field.exec(text); match; match = field.exec(text)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '\r\n') {
      rows.push(row)
      row = []
    }
    if (field.lastIndex === text.length) return rows
  }
  throw new Error('this is no RFC 4180')
}

/** Elements that were opened and not closed in order, void ones left out. */
function openElements(html: string): string[] {
  const open: string[] = []
  for (const [, end, tag, self] of html.matchAll(/<(\/?)([a-zA-Z][\w-]*)[^>]*?(\/?)>/g)) {
    if (end) {
      if (open.pop() !== tag) return [`</${tag}>`]
    } else if (!self && !/^(meta|br|img|input)$/.test(tag!)) {
      open.push(tag!)
    }
  }
  return open
}
