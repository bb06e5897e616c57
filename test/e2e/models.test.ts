import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConsole, type Console } from './openConsole.ts'
import { opensEveryNumber } from './unopened.ts'

const training = {
  kind: 'tpgr',
  world: { kind: 'typedLatent', users: 40, items: 60, types: 3, horizon: 6 },
  representation: { kind: 'rating', width: 8 },
  agent: { updates: 4, episodesPerUpdate: 8 },
  evaluateEvery: 1,
  evaluationUsers: 8,
}

describe('models', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole()
  })
  afterAll(() => app.close())

  it('are trained on a page that draws every point beside the baselines', async () => {
    const { page, api } = app
    await app.go('/models')
    await page.getByText('No model yet.').waitFor()
    await page.getByRole('link', { name: 'Train', exact: true }).click()
    await page.getByLabel('Tree depth d').waitFor()
    const study = await api.call('studies.start', { kind: 'training', spec: training, seed: 1 })
    await app.go(`/models/train?study=${study}`)
    await page.locator('[data-test="where"]').getByText('Finished').waitFor({ timeout: 30_000 })
    expect(await page.locator('[data-test="place"]').innerText()).toMatch(/^(Above|Below) /)
    await page.getByRole('link', { name: 'Model 1' }).click()
    await page.locator('[data-test="model"]').getByText('leaf').waitFor()
    await opensEveryNumber(app)
  })

  it('are renamed, and stand in a duel after one click', async () => {
    const { page, api } = app
    await page.locator('[data-test="model"]').getByLabel('Name').fill('Small tree')
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByRole('link', { name: 'Small tree' }).waitFor()
    await page.getByRole('link', { name: 'Duel it' }).click()
    const chosen = page.getByLabel('Model of ranker A')
    await chosen.waitFor()
    const [row] = await api.call('models.list', {})
    expect(await chosen.inputValue()).toBe(row!.hash)
    const launch = page.getByRole('button', { name: 'Lock plan and launch' })
    await expect.poll(() => launch.isEnabled(), { timeout: 5000 }).toBe(true)
  })

  it('wrote no error and no NaN anywhere', async () => {
    expect(await app.page.locator('body').innerText()).not.toMatch(/NaN|undefined/)
    expect(app.problems).toEqual([])
  })
})
