import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PeekReport } from '#core/peekLab/peekReport'
import { openConsole, type Console } from './openConsole.ts'
import { opensEveryNumber } from './unopened.ts'

describe('the Peek Lab', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole()
    const spec = {
      name: 'A design to repeat',
      environment: { kind: 'typedLatent' as const, users: 60, items: 300, ratingsPerUser: 60 },
      traffic: { users: 60 },
      agent: { kind: 'drn' as const, pretrainSteps: 50 },
    }
    const run = await app.api.call('runs.start', { spec, seed: 3 })
    for await (const frames of app.api.stream('runs.watch', { run, afterStep: -1 })) {
      if (frames.at(-1)?.state === 'failed') break
    }
  })
  afterAll(() => app.close())

  it('repeats the design of a run, and says what was found', async () => {
    const { page, api } = app
    await app.go('/runs/1/results')
    await page.locator('.page-head').getByRole('link', { name: 'Peek Lab' }).click()
    await page.getByRole('heading', { level: 1, name: 'Peek Lab' }).waitFor()
    await page.getByLabel('Effect Δ').fill('0.1')
    await page.getByLabel('Repetitions').fill('60')
    await page.getByRole('button', { name: 'Start' }).click()
    await page.locator('[data-test="where"]').getByText('Finished').waitFor({ timeout: 60_000 })
    const [row] = await api.call('studies.list', {})
    expect(row).toMatchObject({ name: 'A design to repeat', spec: { effect: 0.1 }, done: 60 })
    const sentence = await page.locator('[data-test="sentence"]').innerText()
    expect(sentence).toMatch(/Without any preference betting, .* of 60 repetitions/)
    expect(await page.getByRole('application').count()).toBe(3)
    await opensEveryNumber(app)
  })

  it('tells the same numbers in its table as the report has', async () => {
    const { page, api } = app
    const [row] = await api.call('studies.list', {})
    const { report } = await api.call('studies.get', { study: row!.id })
    const cells = page.getByRole('region', { name: 'Every number' }).getByRole('row')
    const { methods } = report as PeekReport
    expect(await cells.count()).toBe(methods.length + 1)
    for (const [i, { falsePositives }] of methods.entries()) {
      const percent = `${(100 * falsePositives.value).toFixed(1)}\u00a0%`
      expect(await cells.nth(i + 1).innerText()).toContain(percent)
    }
  })

  it('names what can not be started', async () => {
    const { page } = app
    await page.getByLabel('Effect Δ').fill('0.7')
    await page.getByText('write a number from −0.5 to 0.5').waitFor()
    expect(await page.getByRole('button', { name: 'Start' }).isDisabled()).toBe(true)
  })

  it('wrote no error and no NaN anywhere', async () => {
    expect(await app.page.locator('body').innerText()).not.toMatch(/NaN|undefined/)
    expect(app.problems).toEqual([])
  })
})
