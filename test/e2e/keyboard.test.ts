import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
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

  it('meets the numbers of a card at one Tab stop and goes among them with the arrows', async () => {
    const { page } = app
    const stopsOfCards = () =>
      page.evaluate(() => {
        const cards = [...document.querySelectorAll('main .card')]
        const count = (card: Element, which: string) => card.querySelectorAll(which).length
        return cards
          .filter((card) => count(card, '.figure-link') > 1)
          .map((card) => count(card, '.figure-link:not([tabindex="-1"])'))
      })
    // the page looks for new numbers a few times a second
    await expect.poll(async () => [...new Set(await stopsOfCards())]).toEqual([1])
    expect((await stopsOfCards()).length).toBeGreaterThan(3)
    const place = () =>
      page.evaluate(() => {
        const table = document.activeElement?.closest('table')
        const figures = [...(table?.querySelectorAll('.figure-link') ?? [])]
        return figures.indexOf(document.activeElement!)
      })
    const table = page.locator('main .card table:has(.figure-link)').first()
    await table.locator('.figure-link').first().focus()
    const perRow = await table
      .locator('tr:has(.figure-link)')
      .first()
      .locator('.figure-link')
      .count()
    await page.keyboard.press('ArrowRight')
    expect(await place()).toBe(1)
    await page.keyboard.press('ArrowDown')
    expect(await place()).toBe(1 + perRow)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowLeft')
    expect(await place()).toBe(0)
    await page.keyboard.press('Tab')
    expect(await place()).toBe(-1)
    // comes back to the number that it has left
    await page.keyboard.press('Shift+Tab')
    expect(await place()).toBe(0)
  })

  it('closes one layer at a time and goes back to what opened it', async () => {
    const { page, api, go } = app
    const press = async (...keys: string[]) => {
      for (const key of keys) {
        await page.keyboard.press(key)
        await page.waitForTimeout(120)
      }
    }
    const isFocused = (locator: Locator) =>
      locator.evaluate((element) => element === document.activeElement)
    /** Opens by Enter on the control, closes by Escape, and is there again. */
    const returnsTo = async (opener: Locator, layer: Locator, ...open: string[]) => {
      await opener.focus()
      await press(...open)
      await layer.waitFor()
      await press('Escape')
      await layer.waitFor({ state: 'detached' })
      expect(await isFocused(opener), `${String(layer)} goes back to ${String(opener)}`).toBe(true)
    }
    const tab = page
      .getByRole('navigation', { name: 'Views of this run' })
      .getByRole('link', { name: 'Results' })
    const palette = page.getByRole('dialog', { name: 'Command palette' })
    const sheet = page.getByRole('dialog', { name: 'Keyboard' })
    const drawer = page.getByRole('complementary', { name: 'Details' })
    const figure = page.locator('main .figure-link').first()
    await returnsTo(tab, palette, 'Control+k')
    await returnsTo(tab, sheet, '?')
    await returnsTo(page.getByRole('button', { name: 'Keyboard shortcuts' }), sheet, 'Enter')
    await returnsTo(figure, drawer, 'Enter')
    await returnsTo(
      page.getByRole('button', { name: 'More formats' }),
      page.locator('.menu'),
      'Enter',
    )
    const chart = page.locator('figure').getByRole('button', { name: 'Export chart' }).first()
    await returnsTo(chart, page.locator('.menu'), 'Enter', 'Tab')
    const status = page.getByRole('contentinfo').getByRole('button')
    await returnsTo(status, page.locator('.why'), 'Enter')

    // a palette over a drawer, a drawer over the tour
    await go('/runs/1/live?tour=2')
    const tour = page.getByRole('complementary', { name: 'A look around' })
    await tour.waitFor()
    await figure.focus()
    await press('Enter', 'Control+k', 'Escape')
    expect([await palette.count(), await drawer.count(), await tour.count()]).toEqual([0, 1, 1])
    await press('Escape')
    expect([await drawer.count(), await tour.count()]).toEqual([0, 1])
    expect(await isFocused(figure)).toBe(true)
    await press('Escape')
    expect(await tour.count()).toBe(0)

    // a dialog over a popover: of a run that goes on meanwhile
    const spec = (await api.call('runs.get', { run: 1 })).spec
    const long = { ...spec, name: 'A long one', traffic: { ...spec.traffic, users: 100_000 } }
    const run = await api.call('runs.start', { spec: long, seed: 2 })
    const tray = page.getByRole('banner').getByRole('button', { name: 'Running jobs' })
    const ask = page.getByRole('alertdialog')
    await tray.waitFor()
    await tray.focus()
    await press('Enter')
    const cancel = page.getByRole('button', { name: 'Cancel A long one' })
    await returnsTo(cancel, ask, 'Enter')
    expect(await cancel.count()).toBe(1)
    await press('Escape')
    await cancel.waitFor({ state: 'detached' })
    expect(await isFocused(tray)).toBe(true)
    await api.call('runs.cancel', { run })

    // what had the focus is gone with its row: the next control has it
    await go('/experiments')
    const remove = page.getByRole('button', { name: 'Delete: A long one' })
    await remove.and(page.locator(':enabled')).waitFor()
    await returnsTo(remove, ask, 'Enter')
    await press('Enter')
    await ask.getByRole('button', { name: 'Delete' }).focus()
    await press('Enter')
    await remove.waitFor({ state: 'detached' })
    await page.waitForTimeout(100)
    const where = await page.evaluate(() => document.activeElement?.closest('main tbody')?.tagName)
    expect(where).toBe('TBODY')
    await go('/runs/1/results')
    await page.locator('.headline').getByText('Q is preferred').waitFor()
    await tab.focus()
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
