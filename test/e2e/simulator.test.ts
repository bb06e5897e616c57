import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DriftReport } from '#core/driftBench/driftStudy'
import { openConsole, type Console } from './openConsole.ts'
import { opensEveryNumber } from './unopened.ts'

describe('the simulator', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole()
  })
  afterAll(() => app.close())

  it('shows what a request of an edited world becomes, and the signs of its effects', async () => {
    const { page } = app
    await app.go('/simulator/world')
    const best = page.getByRole('region', { name: 'What a request looks like' })
    await best.getByText('Best list').waitFor()
    const before = await best.innerText()
    await page.getByLabel('Start from').selectOption({ label: 'Generated: hidden types' })
    await expect.poll(() => best.innerText(), { timeout: 20_000 }).not.toBe(before)
    const signs = page.getByRole('region', { name: 'Checks' })
    await signs
      .getByText('More likes of the own type: the oracle gains')
      .waitFor({ timeout: 20_000 })
    await page.locator('.request .figure-link').first().click()
    const drawer = page.locator('.drawer')
    await drawer.getByText('test/core/sampleWorld.test.ts').waitFor()
    await page.keyboard.press('Escape')
    await opensEveryNumber(app)
    await page.getByRole('button', { name: 'Use in a new experiment' }).click()
    await page.waitForURL(/#\/new/)
    expect(page.url()).toContain('typedLatent')
  })

  it('runs the drift bench and says which claims hold', async () => {
    const { page, api } = app
    await app.go('/simulator/drift')
    await page.getByLabel('Agents').selectOption({ label: 'those that the claims need' })
    await page.getByLabel('Seeds').fill('2')
    await page.getByLabel('Requests per world').fill('200')
    await page.getByRole('button', { name: 'Run the bench' }).click()
    await page.getByText('Finished').waitFor({ timeout: 60_000 })
    const [row] = await api.call('studies.list', {})
    const { report } = await api.call('studies.get', { study: row!.id })
    const { claims, rows } = report as DriftReport
    const shown = page.getByRole('region', { name: 'What it must show' }).locator('details')
    expect(await shown.count()).toBe(claims.length)
    const verdicts = await shown.locator('summary b').allInnerTexts()
    const words = { clearly: 'holds', inTheMean: 'holds in the mean', no: 'does not hold' }
    expect(verdicts).toEqual(claims.map(({ confirmed }) => words[confirmed]))
    const table = page.getByRole('region', { name: 'Every agent' })
    expect(await table.getByRole('checkbox').count()).toBe(rows.length)
    await opensEveryNumber(app)
  })

  it('examines the world of items, one after the other', async () => {
    const { page } = app
    await app.go('/simulator')
    await page.getByRole('heading', { level: 1, name: 'Simulator validity' }).waitFor()
    await page.getByRole('combobox', { name: 'World' }).selectOption({ label: 'From item to item' })
    await page.getByLabel('Items per policy').fill('500')
    await page.getByLabel('Seeds of the sign tests').fill('2')
    await page.getByRole('button', { name: 'Examine' }).click()
    await page.getByText('Finished').waitFor({ timeout: 60_000 })
    expect(await page.locator('[data-test="sentence"]').innerText()).toContain(
      'From item to item meets all',
    )
    await page.getByText('Rougher: 10 % neighbours gain more over one').waitFor()
    await opensEveryNumber(app)
  })

  it('wrote no error and no NaN anywhere', async () => {
    expect(await app.page.locator('body').innerText()).not.toMatch(/NaN|undefined/)
    expect(app.problems).toEqual([])
  })
})
