import type { Bench } from './bench.ts'
import { measured, repeated } from './measure.ts'

/** Earlier looks at a finished run: the numbers of the page, and its charts as well. */
export async function scrub({ page, go, note }: Bench, run: number): Promise<void> {
  await go(`/runs/${run}/live`)
  await page.locator('.hero canvas').waitFor()
  await page.waitForTimeout(2000)
  const look = page.locator('[data-test="look"]')
  await look.focus()
  const words = { selector: '.look .sm' }
  const step = async (charts: boolean) => {
    const differs = await page.locator(words.selector).textContent()
    return measured(page, () => page.keyboard.press('ArrowLeft'), {
      ...words,
      differs,
      ...(charts ? { charts: true } : {}),
    })
  }
  await step(true)
  note('3 a look earlier: every number', '50', await repeated(15, () => step(false)))
  note('3 a look earlier, with every chart', '–', await repeated(15, () => step(true)))
}
