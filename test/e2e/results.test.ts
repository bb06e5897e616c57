import { afterAll, beforeAll, expect, it } from 'vitest'
import { measured } from '../bench/ui/measure.ts'
import { openConsole, type Console } from './openConsole.ts'

let c: Console
let run: number
beforeAll(async () => {
  c = await openConsole()
  const [sample] = await c.api.call('samples.list', {})
  run = await c.api.call('runs.start', { spec: sample!.spec, seed: 3 })
  for await (const frames of c.api.stream('runs.watch', { run, afterStep: -1 })) {
    if (frames.at(-1)!.state === 'finished') break
  }
}, 120_000)
afterAll(() => c.close())

const said = () => c.page.locator('[data-test="range-say"]')

it('prices a range that is brushed with the mouse', async () => {
  const { page } = c
  await c.go(`/runs/${run}/results`)
  const plot = page.locator('.decided .plot')
  await plot.scrollIntoViewIfNeeded()
  await plot.locator('canvas').waitFor()
  const { x, y, width } = (await plot.boundingBox())!
  await page.mouse.move(x + width * 0.3, y + 60)
  await page.mouse.down()
  await page.mouse.move(x + width * 0.7, y + 60, { steps: 5 })
  await page.mouse.up()
  await said().waitFor()
  expect(page.url()).toMatch(/range=\d+-\d+/)
  const text = async (row: string) => page.locator(`[data-test="range-${row}"]`).textContent()
  expect(await text('raw')).toMatch(/5\s%/)
  expect(await text('corrected')).toMatch(/0\.25\s%/)
  expect(await page.locator('[data-test="range"]').textContent()).toContain('20 starts')
})

it('takes a range from the keyboard and from the address', async () => {
  const { page } = c
  const before = await said().textContent()
  await page.locator('.decided .plot').focus()
  await page.keyboard.press('End')
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(() => said().textContent()).not.toBe(before)
  await c.go(`/runs/${run}/results?view=segments&range=100-300&segments=early`)
  await page.locator('[data-test="pick-early"]:checked').waitFor()
  await expect.poll(() => said().textContent()).toMatch(/^Users 101 to 300: /)
  expect(await page.locator('.said').textContent()).toMatch(/e-BH p/)
  // the budget is reported; here only that it is no matter of seconds
  await page.locator('[data-test="range-to"]').fill('260')
  const { paint } = await measured(page, () => page.keyboard.press('Enter'), {
    selector: '[data-test="range-say"]',
    matches: 'to 260',
  })
  console.log(`a range, from the key to its inference: ${paint.toFixed(0)} ms (budget 300)`)
  expect(paint).toBeLessThan(3000)
  await page.locator('[data-test="range-from"]').fill('900')
  await page.keyboard.press('Enter')
  expect(await page.locator('.range [role=alert]').textContent()).toContain('whole numbers')
  expect(c.problems).toEqual([])
})
