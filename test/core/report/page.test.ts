import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { languages } from '#core/languages'
import { renderReport } from '#core/report/index'
import { launchChromium } from '../../support/chromium.ts'
import { inputFixture } from './fixture.ts'

let browser: Browser
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duelist-report-'))
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.each(languages)('the HTML report in a browser, %s', (language) => {
  it('keeps its own policy, asks for nothing and fits the page', async () => {
    const file = join(folder, `${language}.html`)
    writeFileSync(file, renderReport(inputFixture({ language })).text)
    const page = await browser.newPage({ viewport: { width: 794, height: 1123 } })
    const complaints: string[] = []
    const requests: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => requests.push(request.url()))
    const url = pathToFileURL(file).href
    await page.goto(url)
    expect(complaints).toEqual([])
    expect(requests).toEqual([url])
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    // the style was let in by its hash: the title is as large as the style sheet says
    const size = await page.locator('h1').evaluate((h1) => getComputedStyle(h1).fontSize)
    expect(size).toBe(language === 'en' ? '26px' : '24px')
    for (const width of [794, 420]) {
      await page.setViewportSize({ width, height: 1123 })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide).toBeLessThanOrEqual(width)
    }
    await page.close()
  })

  it('draws no label over another or outside its chart', async () => {
    const page = await browser.newPage({ viewport: { width: 900, height: 1123 } })
    await page.setContent(renderReport(inputFixture({ language })).text)
    const clashes = await page.evaluate(() => {
      const found: string[] = []
      for (const chart of document.querySelectorAll('figure > svg')) {
        const frame = chart.getBoundingClientRect()
        const labels = [...chart.querySelectorAll('text')].map((text) => ({
          text: text.textContent,
          box: text.getBoundingClientRect(),
        }))
        labels.forEach((a, i) => {
          if (a.box.right > frame.right + 1 || a.box.left < frame.left - 1) found.push(a.text)
          for (const b of labels.slice(i + 1)) {
            const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
            const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
            if (across > 1 && down > 4) found.push(`${a.text} × ${b.text}`)
          }
        })
      }
      return found
    })
    expect(clashes).toEqual([])
    await page.close()
  })

  it('prints as A4', async () => {
    const page = await browser.newPage()
    await page.setContent(renderReport(inputFixture({ language })).text)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    const pages = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)]
    expect(pages.length).toBeGreaterThanOrEqual(2)
    expect(pages.length).toBeLessThanOrEqual(6)
    for (const [, width, height] of pages) {
      expect(Number(width)).toBeCloseTo(595, -1)
      expect(Number(height)).toBeCloseTo(842, -1)
    }
    await page.close()
  })
})
