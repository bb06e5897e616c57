import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderReport } from '#core/report/index'
import { chineseFaces } from '#electron/print/chineseFaces'
import { chromiumPrint } from '#electron/print/chromiumPrint'
import { printPage } from '#electron/print/printPage'
import { inputFixture } from '../core/report/fixture.ts'
import { chromiumPath } from '../support/chromium.ts'

const page = renderReport(inputFixture({ language: 'zh-CN' })).text
const env = { ...process.env }

describe('printing', () => {
  beforeAll(async () => {
    process.env['DUELIST_CHROMIUM'] = await chromiumPath()
  })
  afterAll(() => {
    process.env = env
  })

  it('embeds glyphs for the Chinese that is there, and none for English', async () => {
    expect(await chineseFaces('Q is preferred: Δ = 0.03')).toBe('')
    const faces = await chineseFaces('更受偏好')
    expect(faces).toMatch(/^@font-face\{font-family:"Noto Sans SC";font-weight:400/)
    expect((await printPage(page)).match(/font-src data:/)).not.toBeNull()
  })

  it('makes a PDF of pages that has a Chinese font in it', async () => {
    const pdf = Buffer.from(await chromiumPrint(page)).toString('latin1')
    expect(pdf.startsWith('%PDF-')).toBe(true)
    expect(pdf).toMatch(/NotoSansSC/)
    expect(Number(/\/Count (\d+)/.exec(pdf)?.[1])).toBeGreaterThanOrEqual(2)
  })

  it('says what to do where there is no browser', async () => {
    process.env['DUELIST_CHROMIUM'] = ''
    process.env['PATH'] = ''
    if (process.platform === 'linux') {
      await expect(chromiumPrint(page)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    }
  })
})
