import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConsole, type Console } from './openConsole.ts'

describe('a duel of named rankers', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole()
  })
  afterAll(() => app.close())

  it('is set up in the form', async () => {
    const { page } = app
    await page.keyboard.press('n')
    const field = (path: string) => page.locator(`[data-field="${path}"]`)
    expect(await field('rankers').count()).toBe(0)
    await field('design').locator('select').selectOption('duel')
    const rankers = field('rankers')
    await rankers.getByLabel('Ranker A', { exact: true }).waitFor()
    expect(await field('explorer.alpha').count()).toBe(0)
    await rankers.getByRole('button', { name: 'Add a ranker' }).click()
    await rankers.getByLabel('Ranker A', { exact: true }).selectOption('factors')
    await rankers.getByLabel('Ranker C', { exact: true }).selectOption('random')
    await rankers.getByLabel('Name of ranker C').fill('Dice')
    await rankers.getByLabel('Name of ranker C').blur()
    await field('traffic.users').getByRole('textbox').fill('80')
    await page.getByText('Matrix factorisation · Popularity · Dice').first().waitFor()
    await rankers.getByRole('button', { name: 'Remove ranker B' }).click()
    await page.getByText('Matrix factorisation · Dice').first().waitFor()
    await page.getByText('ready to launch').waitFor()
  })

  it('names what a split can not do, and repairs it', async () => {
    const { page } = app
    const design = page.locator('[data-field="design"] select')
    const engine = page.locator('[data-field="analysis.engine"]')
    await design.selectOption('split')
    await engine.getByText('a split compares clicks per list').waitFor()
    await engine.getByRole('button', { name: 'Set to Asymptotic sequence' }).click()
    await page.getByText('ready to launch').waitFor()
    await design.selectOption('duel')
    await page.getByText('ready to launch').waitFor()
    expect(await page.locator('main').innerText()).not.toContain('[object')
  })

  it('is told by the names of its rankers', async () => {
    const { page } = app
    await page.getByRole('button', { name: 'Lock plan and launch' }).click()
    await page.waitForURL(/#\/runs\/\d+\/live/)
    await page.locator('.page-head').getByText('Finished').waitFor({ timeout: 60_000 })
    await page.getByText('Users: Matrix factorisation ● against Dice ▲').first().waitFor()
    await page.goto(page.url().replace('/live', '/results'))
    await page.getByText('Matrix factorisation is preferred to Dice').first().waitFor()
    await page.getByRole('cell', { name: 'Dice', exact: true }).first().waitFor()
    expect(await page.getByText('Q̃').count()).toBe(0)
  })

  it('wrote no error', () => {
    expect(app.problems).toEqual([])
  })
})
