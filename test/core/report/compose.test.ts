import { describe, expect, it } from 'vitest'
import { readReportBundle, takeSnapshot, type Snapshot } from '#core/bundle/reportBundle'
import { languages } from '#core/languages'
import { reportFormatIds } from '#core/contract/reports'
import { renderReport } from '#core/report/index'
import { plainProse, readProse } from '#core/report/prose'
import { ReportContent, type ReportBlock } from '#core/report/reportContent'
import { draftReport, renderStored, storedParts } from '#core/report/storedReport'
import { templateIds } from '#core/report/templates'
import { detailFixture, inputFixture, summaryFixture } from './fixture.ts'

const appVersion = '0.1.0'
const other = detailFixture({ id: 150, seed: 7, name: 'Another seed', summary: summaryFixture() })
const taken = (run = detailFixture()): Snapshot => ({
  kind: 'run',
  bytes: takeSnapshot({ kind: 'run', ...inputFixture({ run }) }, { appVersion }),
})
const snapshots = { s1: taken(), s2: taken(other) }
const s1 = { key: 's1', kind: 'run', id: 142 } as const
const s2 = { key: 's2', kind: 'run', id: 150 } as const

const draft = (template: (typeof templateIds)[number], both = false) =>
  draftReport({
    template,
    sources: (both ? [s1, s2] : [s1]).map((source) => ({
      source,
      snapshot: snapshots[source.key],
    })),
    title: null,
    language: 'en',
    appVersion,
  })
const html = (content: ReportContent, language: 'en' | 'zh-CN' = 'en') =>
  renderStored({ content, snapshots, language, format: 'html', appVersion }).text
const withBlocks = (content: ReportContent, blocks: readonly ReportBlock[]) =>
  ReportContent.parse({ ...content, blocks })
const text = (id: string, en: string): ReportBlock => ({ kind: 'text', id, text: { en } })

/** What an analyst might make of two runs. */
const edited = withBlocks({ ...draft('standard', true), languages: ['en', 'zh-CN'] }, [
  text('t1', '# What we <b>think</b>\nKeep **Q**; see `Δ`.\n\n- one\n- two | three'),
  ...draft('standard', true).blocks.toReversed(),
  { kind: 'comparison', id: 'c1' },
  { kind: 'chart', id: 'x1', source: 's1', part: 'forest' },
])

describe('a report of blocks', () => {
  it('is, as the standard template has it, the standard report of the run', () => {
    const content = draft('standard')
    for (const format of ['html', 'md', 'csv', 'json'] as const) {
      const ofRun = renderReport(inputFixture({ format }))
      const mine = renderStored({ content, snapshots, language: 'en', format, appVersion })
      // files beside a report are called after it
      const plain = (file: typeof mine) => file.text.replaceAll(/\([^()]*\.svg\)/g, '(svg)')
      expect(plain(mine)).toBe(plain(ofRun))
    }
  })

  it.each(templateIds)('begins with the template %s in both languages', (template) => {
    const content = draft(template, true)
    expect(ReportContent.parse(content)).toEqual(content)
    for (const language of languages) {
      const page = html(content, language)
      expect(page).not.toMatch(/undefined|\bNaN\b|Infinity|\[object/)
      expect(page.match(/<h1/g)).toHaveLength(1)
    }
  })

  it('has its blocks in their order, and none that was removed', () => {
    const content = draft('standard')
    const order = (page: string) =>
      [...page.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id)
    expect(order(html(content)).join()).toBe('design,result,health,arms,policy,methods,reproduce')
    const blocks = content.blocks.filter((block) => !('part' in block && block.part === 'policy'))
    expect(order(html(withBlocks(content, blocks.toReversed()))).join()).toBe(
      'reproduce,methods,arms,health,result,design',
    )
  })

  it('gives every element an id of its own, whatever is there twice', () => {
    const page = html(edited)
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, title, desc] of page.matchAll(/aria-labelledby="(\S+-title) (\S+-desc)"/g)) {
      expect(ids).toContain(title)
      expect(ids).toContain(desc)
    }
  })

  it('says of which run each part is, when there are several', () => {
    const page = html(draft('standard', true))
    expect(page).toContain('Result · run 142')
    expect(page).toContain('Result · run 150')
    expect(html(draft('standard'))).not.toContain('Result · run')
  })

  it('shows the numbers of the outcomes where their chart was taken out', () => {
    const content = draft('standard')
    const blocks = content.blocks.filter((block) => !('part' in block && block.part === 'outcomes'))
    const page = html(withBlocks(content, blocks))
    expect(page).toContain('<td>6,076</td>')
  })

  it('lets its text be no markup but its own', () => {
    const page = html(edited)
    expect(page).toContain('What we &lt;b&gt;think&lt;/b&gt;')
    expect(page).toContain('<strong>Q</strong>')
    expect(page).toContain('<li>two | three</li>')
    const { text: markdown } = renderStored({
      content: edited,
      snapshots,
      language: 'en',
      format: 'md',
      appVersion,
    })
    expect(markdown).toContain('What we \\<b\\>think\\</b\\>')
    expect(markdown).toContain('- two \\| three')
  })

  it('offers the parts of each source', () => {
    const parts = storedParts({ snapshots, language: 'zh-CN', appVersion })
    expect(Object.keys(parts)).toEqual(['s1', 's2'])
    expect(parts['s1']!.map(({ kind, part }) => `${kind} ${part}`).join()).toBe(
      'verdict ,chart forest,section design,section result,chart outcomes,chart sequence,' +
        'section health,section arms,chart curves,section policy,section methods,section reproduce',
    )
    expect(parts['s1']!.every(({ title }) => title !== '')).toBe(true)
  })

  it('takes some parts of a run in the order asked for, and names those that are not there', () => {
    const page = renderReport(inputFixture({ parts: ['health', 'forest', 'verdict'] })).text
    expect(page.match(/<section id="\w+"/g)).toEqual(['<section id="health"'])
    expect(page).toMatch(/<section id="health"[^]*forest-title[^]*class="headline"/)
    expect(() => renderReport(inputFixture({ parts: ['helth'] }))).toThrow(
      /"helth".*verdict, forest/,
    )
  })
})

describe('a bundle of a report', () => {
  const bundle = renderStored({
    content: edited,
    snapshots,
    language: 'en',
    format: 'duelist',
    appVersion,
  })

  it('gives the same files byte by byte, also from an edited report of two runs', () => {
    const opened = readReportBundle(bundle.bytes!)
    for (const format of reportFormatIds) {
      for (const language of languages) {
        const again = renderStored({ ...opened, language, format, appVersion })
        expect(again).toEqual(
          renderStored({ content: edited, snapshots, language, format, appVersion }),
        )
      }
    }
  })

  it('holds no number of this workspace and no path of this machine', () => {
    const { content } = readReportBundle(bundle.bytes!)
    expect(content.sources.map(({ id }) => id)).toEqual([null, null])
    expect(Buffer.from(bundle.bytes!).toString('latin1')).not.toContain('/secret/place')
  })

  it('is refused when it was cut short or is that of a run', () => {
    expect(() => readReportBundle(bundle.bytes!.subarray(0, 500))).toThrow('no .duelist bundle')
    expect(() => readReportBundle(snapshots.s1.bytes)).toThrow('duelist-report-bundle')
  })
})

describe('running text', () => {
  it('is read as titles, paragraphs, lists and four styles', () => {
    expect(readProse('# A\nb *c*\nd\n\n1. e\n2) **f g**\n- `h*`\n### i')).toEqual([
      { kind: 'heading', level: 1, text: [{ style: 'plain', text: 'A' }] },
      {
        kind: 'paragraph',
        text: [
          { style: 'plain', text: 'b ' },
          { style: 'emphasis', text: 'c' },
          { style: 'plain', text: ' d' },
        ],
      },
      {
        kind: 'list',
        ordered: true,
        items: [[{ style: 'plain', text: 'e' }], [{ style: 'strong', text: 'f g' }]],
      },
      { kind: 'list', ordered: false, items: [[{ style: 'code', text: 'h*' }]] },
      { kind: 'heading', level: 2, text: [{ style: 'plain', text: 'i' }] },
    ])
  })

  it('leaves everything else as it was typed', () => {
    for (const odd of ['2 * 3 * 4', '![x](y)', '<b>x</b>', '| a | b |', 'a_b_c', '**', '` `` `']) {
      expect(plainProse(readProse(odd)).replace(/`/g, '')).toBe(odd.replace(/`/g, ''))
    }
  })
})

describe('the content of a report', () => {
  const base = draft('onePage')
  it.each([
    [
      'a block of a source that is not there',
      { blocks: [{ kind: 'verdict', id: 'b', source: 'zz' }] },
      'no source "zz"',
    ],
    ['two blocks of one id', { blocks: [text('b', ''), text('b', '')] }, '"b" is there twice'],
    ['a language twice', { languages: ['en', 'en'] }, '"en" is there twice'],
    ['no title', { title: ' ' }, 'Too small'],
  ])('is refused with %s', (_, change, message) => {
    const { error } = ReportContent.safeParse({ ...base, ...change })
    expect(error?.issues[0]?.message).toContain(message)
  })
})
