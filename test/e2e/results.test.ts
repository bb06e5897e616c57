import { afterAll, beforeAll, expect, it } from 'vitest'
import { measured } from '../bench/ui/measure.ts'
import { smallSpec } from '../support/smallSpec.ts'
import { openConsole, type Console } from './openConsole.ts'
import { unopened } from './unopened.ts'

let c: Console
let run: number
beforeAll(async () => {
  c = await openConsole()
  const [sample] = await c.api.call('samples.list', {})
  run = await c.api.call('runs.start', { spec: sample!.spec, seed: 3 })
  for await (const frames of c.api.stream('runs.watch', { run, afterStep: -1 })) {
    if (frames.at(-1)!.state === 'finished') break
  }
  // another one to compare with
  const spec = smallSpec({ alpha: 0.3 })
  const other = await c.api.call('runs.start', { spec, seed: 3 })
  for await (const frames of c.api.stream('runs.watch', { run: other, afterStep: -1 })) {
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

it.each([
  'runs/1/live',
  'runs/1/results',
  'runs/1/results?view=segments',
  'runs/1/results?view=places',
  'runs/1/results?view=drift&items=served',
  'runs/1/results?view=health',
  'runs/1/results?view=raw',
  'runs/1/networks',
  'runs/1/impressions?i=7',
  'runs/1/users?user=1',
  'experiments',
  'compare?runs=1.2',
  '',
])('opens every number of /%s', async (view) => {
  const { page } = c
  await c.go(`/${view}`)
  await page.locator('.figure-link').first().waitFor()
  await page.waitForTimeout(700)
  expect(await unopened(page)).toEqual([])
})

it('tells what each of them is made of', async () => {
  const { page } = c
  for (const view of ['runs/1/results?view=drift', 'runs/1/users?user=1', 'compare?runs=1.2']) {
    await c.go(`/${view}`)
    await page.locator('.figure-link').nth(5).waitFor()
    await page.locator('.figure-link').nth(5).click()
    await page.locator('.drawer dl dd').first().waitFor()
    expect(await page.locator('.drawer').textContent()).toMatch(/test\/core\/.*\.test\.ts/)
  }
  // a pair of runs is one of many: which two it is stands beside its share
  await page.locator('.pairs .figure-link').first().click()
  await page.locator('.drawer').getByText('column', { exact: true }).waitFor()
  expect(await page.locator('.drawer dl dd').count()).toBeGreaterThanOrEqual(4)
})

it('names the terms of an equation in Chinese', async () => {
  const { page } = c
  await page.getByRole('button', { name: '中文' }).click()
  const terms = new Set<string>()
  for (const view of ['runs/1/results', 'runs/1/networks', 'runs/1/users?user=1']) {
    await c.go(`/${view}`)
    const links = page.locator('.figure-link')
    await links.nth(5).waitFor()
    for (let i = 0; i < Math.min(30, await links.count()); i++) {
      await links.nth(i).evaluate((link: HTMLElement) => link.click())
      for (const term of await page.locator('.drawer dt').allInnerTexts()) terms.add(term)
    }
  }
  await page.getByRole('button', { name: 'EN', exact: true }).click()
  expect(terms.size).toBeGreaterThan(20)
  const english = [...terms].filter((term) => /(?!CTR|RBO|max)[A-Za-z]{3}/.test(term))
  expect(english).toEqual(['deff'])
})

it('tells a number with its own values, its rows and its test', async () => {
  const { page } = c
  await c.go(`/runs/${run}/results?view=segments`)
  const late = page.getByRole('row').filter({ hasText: '3' }).locator('.figure-link').first()
  const told = await late.textContent()
  await late.click()
  const drawer = page.locator('.drawer')
  expect(await drawer.locator('dl').textContent()).toContain(/^−?[\d.]+/.exec(told!)![0])
  expect(await drawer.textContent()).toContain('test/core/run/breakdown.test.ts')
  // a reload lands on the same number
  await page.reload()
  await drawer.locator('dl').waitFor()
  // at an earlier look the drawer tells that look
  await c.go(`/runs/${run}/results?at=2000`)
  await page.locator('.headline .figure-link').first().click()
  const users = await page.locator('.outcomes li .figure-link').first().textContent()
  expect(await drawer.locator('dl').textContent()).toContain(users)
  await drawer.getByRole('link').click()
  await page.waitForURL(/\/users/)
})

/**
 * Middle of the first mark in ink on the canvas of a chart, right of its axis.
 * @param band px between which it is looked for, downwards; negative: from the lower edge
 */
const markIn = (plot: string, band: readonly [number, number]) =>
  c.page.evaluate(
    ([selector, lines]) => {
      const canvas = document.querySelector<HTMLCanvasElement>(`${selector} canvas`)!
      const { width, height, clientWidth, clientHeight } = canvas
      const scale = width / clientWidth
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height)
      const isInk = (x: number, y: number) => {
        const at = 4 * (y * width + x)
        return data[at + 3]! > 200 && Math.max(data[at]!, data[at + 1]!, data[at + 2]!) < 110
      }
      const size = Math.round(4 * scale)
      const line = (px: number) => Math.round((px < 0 ? clientHeight + px : px) * scale)
      for (let y = line(lines[0]); y < line(lines[1]); y++) {
        for (let x = Math.round(62 * scale); x < width - 110 * scale; x++) {
          // a square of ink, so no letter and no axis
          const isMark = [0, size].every((dx) => [0, size].every((dy) => isInk(x + dx, y + dy)))
          if (!isMark) continue
          const box = canvas.getBoundingClientRect()
          return {
            x: box.left + (x + size / 2) / scale,
            y: box.top + (y + size / 2) / scale,
          }
        }
      }
      return null
    },
    [plot, band] as const,
  )

it('opens both networks where a mark is clicked, and by keyboard', async () => {
  const { page } = c
  await c.go(`/runs/${run}/live`)
  await page.locator('.hero canvas').waitFor()
  await page.waitForTimeout(800)
  // major updates are squares in the lane under the chart of Δ
  const update = await markIn('.hero .plot', [-52, -30])
  await page.mouse.click(update!.x, update!.y)
  await page.waitForURL(/\/networks\?at=\d+/)
  // and above the bars of outcomes
  await page.goBack()
  await page.locator('.bottom canvas').nth(1).waitFor()
  await page.locator('.bottom').scrollIntoViewIfNeeded()
  await page.waitForTimeout(800)
  const major = await markIn('.bottom > :last-child .plot', [2, 90])
  await page.mouse.click(major!.x, major!.y)
  await page.waitForURL(/\/networks\?at=\d+/)
  await page.goBack()
  const outcomes = page.getByRole('application', { name: 'Outcomes' })
  await outcomes.scrollIntoViewIfNeeded()
  await outcomes.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  const open = page.locator('[data-test="moment"]')
  await open.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/networks\?at=\d+/)
  expect(c.problems).toEqual([])
})

it('keeps what it shows of a run that is deleted meanwhile, and says so', async () => {
  const { page } = c
  await c.go(`/runs/${run}/results`)
  const headline = page.locator('.verdict .headline')
  const before = await headline.innerText()
  await c.api.call('runs.delete', { run })
  const said = page.locator('[data-test="gone"]')
  await said.getByText('This run was deleted meanwhile.').waitFor()
  expect(await headline.innerText()).toBe(before)
  await said.getByRole('link').click()
  await page.getByRole('heading', { name: 'Experiments', level: 1 }).waitFor()
  await c.go(`/runs/${run}/results`)
  await page.getByText(`There is no run ${run} in this workspace.`).waitFor()
})
