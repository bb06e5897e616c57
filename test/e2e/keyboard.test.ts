import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConsole, type Console } from './openConsole.ts'

/** What has the focus: its name, and whether somebody who looks can tell. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement
    // behind the last control the focus leaves the page and begins anew
    if (element === document.body) return { name: '', isVisible: true }
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    const isInView =
      box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth
    const hasRing = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
    return {
      name: (element.getAttribute('aria-label') ?? element.innerText).trim(),
      isVisible: isInView && (hasRing || boxShadow !== 'none'),
    }
  })

/** Tabs until that has the focus, or back to it; everything on the way must be seen to have it. */
async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let press = 0; press < 40; press++) {
    await page.keyboard.press(key)
    const now = await focused(page)
    expect(now, `after ${passed.join(' · ')}`).toMatchObject({ isVisible: true })
    passed.push(now.name)
    if (typeof name === 'string' ? now.name === name : name.test(now.name)) return
  }
  throw new Error(`${String(name)} is not reached by Tab: ${passed.join(' · ')}`)
}

describe('the first run by keyboard alone', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole({ reducedMotion: 'reduce' })
  })
  afterAll(() => app.close())

  it('begins with a link over the frame to the page', async () => {
    const { page } = app
    await page.keyboard.press('Tab')
    expect(await focused(page)).toEqual({ name: 'Skip to content', isVisible: true })
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
  })

  it('runs the sample duel to a verdict', async () => {
    const { page } = app
    await tabTo(page, 'Run the sample duel')
    await page.keyboard.press('Enter')
    await page.waitForURL(/#\/runs\/\d+\/live/)
    await page.locator('.page-head').getByText('Finished').waitFor({ timeout: 120_000 })
    await tabTo(page, 'Results')
    await page.keyboard.press('Enter')
    await page.locator('.headline').getByText('Q is preferred').waitFor()
  })

  it('exports the report in both languages', async () => {
    const { page } = app
    const exported = async (button: string, key: string) => {
      await tabTo(page, button, key)
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.keyboard.press('Enter'),
      ])
      return readFile(await download.path(), 'utf8')
    }
    expect(await exported('Export as HTML', 'Shift+Tab')).toContain('Q is preferred')
    await tabTo(page, '中文', 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.locator('.headline').getByText('Q 更受偏好').waitFor()
    expect(await exported('导出为 HTML', 'Tab')).toContain('Q 更受偏好')
    expect(app.problems).toEqual([])
  })
})
