import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderReport } from '#core/report/index'
import { chromiumPrint } from '#electron/print/chromiumPrint'
import { printPage } from '#electron/print/printPage'
import { textFaces } from '#electron/print/textFaces'
import { inputFixture } from '../core/report/fixture.ts'
import { chromiumPath } from '../support/chromium.ts'
import { pdfPages } from '../support/pdfText.ts'

const page = renderReport(inputFixture({ language: 'zh-CN' })).text
const env = { ...process.env }

/** What must be found in the text of the PDF, spaces and line ends left out. */
const expected = {
  en: ['Q\u0303ispreferred:Δ=−0.039', 'Questionanddesign', 'Firstpicksoftheteams', 'perturbScope'],
  'zh-CN': ['更受偏好：Δ=−0.039', '问题与设计', '两队首选，公平硬币', '实际等效', 'perturbScope'],
} as const
/** Text without what breaks lines. */
const joined = (text: string) => text.replace(/\s/g, '')

describe('printing', () => {
  beforeAll(async () => {
    process.env['DUELIST_CHROMIUM'] = await chromiumPath()
  })
  afterAll(() => {
    process.env = env
  })

  it('embeds the pieces of the fonts that the text needs, in two weights', async () => {
    const families = async (text: string) =>
      (await textFaces(text)).match(/(?<=font-family:")[^"]*/g) ?? []
    expect(await families('')).toEqual([])
    expect(await families('preferred')).toEqual(['Inter', 'Inter'])
    // Greek is a piece of its own
    expect(await families('Δ preferred')).toHaveLength(4)
    expect(new Set(await families('更受偏好'))).toEqual(new Set(['Noto Sans SC']))
    expect((await printPage(page)).match(/font-src data:/)).not.toBeNull()
  })

  it.each(['en', 'zh-CN'] as const)(
    'makes a PDF whose text can be read and whose charts are drawn, %s',
    async (language) => {
      const input = inputFixture({ language })
      const pdf = await chromiumPrint(renderReport(input).text)
      const pages = pdfPages(pdf)
      expect(pages.length).toBeGreaterThanOrEqual(2)
      expect(pages.length).toBeLessThanOrEqual(6)
      const text = joined(pages.map((one) => one.text).join(''))
      expect(text).not.toContain('\0')
      expect(text).toContain('Q\u0303')
      for (const words of expected[language]) expect(text).toContain(joined(words))
      expect(text).toContain(input.run.summary!.digest)
      // the short hash stands at the foot of every page
      const hash = /(?:report|报告)\s*([0-9a-f]{7})/.exec(pages[0]!.text)![1]!
      for (const [i, one] of pages.entries()) {
        expect(one.text).toContain(hash)
        expect(joined(one.text)).toContain(`${i + 1}/${pages.length}`)
        expect(joined(one.text).length).toBeGreaterThan(200) // no page for two lines
      }
      // the forest's interval in the colour of B, the bar of outcomes, the curves: as paths
      const drawn = (colour: string) =>
        pages.flatMap(({ paths }) => paths).filter((one) => one === colour).length
      expect(drawn('213 94 0')).toBeGreaterThanOrEqual(5)
      expect(drawn('0 114 178')).toBeGreaterThanOrEqual(3)
      expect(drawn('249 232 219')).toBeGreaterThanOrEqual(1) // the band of the sequence
      expect(pages.reduce((sum, { images }) => sum + images, 0)).toBe(0)
      expect(Buffer.from(pdf).toString('latin1')).toMatch(/\+Inter/)
      if (language === 'zh-CN') expect(Buffer.from(pdf).toString('latin1')).toMatch(/NotoSansSC/)
    },
  )

  it('says what to do where there is no browser', async () => {
    process.env['DUELIST_CHROMIUM'] = ''
    process.env['PATH'] = ''
    if (process.platform === 'linux') {
      await expect(chromiumPrint(page)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    }
  })
})
