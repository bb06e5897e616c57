import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Console } from './openConsole.ts'

/** Texts with a digit that are neither a number that opens nor one of the things that are no results. */
export const unopened = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const exempt = [
      '.figure-link',
      'svg, .plot, input, select, textarea, kbd, code, .mono', // drawn, or typed
      '.page-head, h2, nav, th, label, form, a, button, .config, .provenance', // names, settings, hashes
      '.frame .summary, .frame .unit, .readout, .visually-hidden', // of a chart: its cursor opens them
      '[data-plain]', // sentences that repeat numbers of the page, limits of the plan, places, counts
    ].join(', ')
    const found: string[] = []
    const walk = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) {
      const parent = walk.currentNode.parentElement
      const text = walk.currentNode.textContent?.trim() ?? ''
      if (/\d/.test(text) && parent && !parent.closest(exempt) && parent.offsetParent !== null) {
        found.push(`${parent.closest('[aria-label], section, p')?.className ?? ''}: ${text}`)
      }
    }
    return found
  })

/** Every number of the page opens, and one of them tells what it is made of and which test holds it. */
export async function opensEveryNumber({ page }: Console): Promise<void> {
  expect(await unopened(page)).toEqual([])
  const drawer = page.locator('.drawer')
  // not by the mouse: a table may have scrolled it out of sight
  await page
    .locator('.figure-link')
    .last()
    .evaluate((link) => {
      if (link instanceof HTMLElement) link.click()
    })
  await drawer.locator('dl dd').first().waitFor()
  const text = await drawer.innerText()
  expect(text).toMatch(/test\/(core|electron)\/.*\.test\.ts/)
  expect(text).not.toMatch(/NaN|undefined|formulas\./)
  await drawer.getByRole('button', { name: 'Close' }).click()
}
