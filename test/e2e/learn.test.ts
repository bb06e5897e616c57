import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConsole, type Console } from './openConsole.ts'

describe('the Learn page', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole()
    await app.go('/learn')
  })
  afterAll(() => app.close())

  it('works examples with the numbers that are typed', async () => {
    const { page } = app
    const result = (row: string) => page.locator(`#learn-votes [data-row="${row}"] td`).last()
    await result('exact').getByText('p = 0.035').waitFor()
    await page.getByLabel('Wins of A').fill('60')
    await page.getByLabel('Wins of B').fill('40')
    await result('exact').getByText('p = 0.057').waitFor()
    await page.getByLabel('Ties').fill('many')
    await page.getByText('whole number from 0').waitFor()
  })

  it('lists what a method can show of rankings that are typed', async () => {
    const { page } = app
    const lists = page.locator('#learn-lists')
    await lists.getByLabel('Ranking A').fill('1 2')
    await lists.getByLabel('Ranking B').fill('2, 3')
    await lists.getByText('All 2 lists.').waitFor()
    await lists.getByLabel('Method').selectOption('pairwisePreference')
    await lists.getByText('All 4 lists.').waitFor()
    expect(await lists.locator('tbody tr').count()).toBe(4)
  })

  it('computes the bias table and draws the lesson about peeking', async () => {
    const { page, problems } = app
    const draft = page.locator('#learn-bias [data-row="teamDraft"]')
    await draft.getByText('blind').first().waitFor()
    await page.locator('#learn-peeking canvas, #learn-peeking svg').first().waitFor()
    expect(await page.locator('#learn-errata').innerText()).toContain('ERR-P1')
    expect(problems).toEqual([])
  })
})
