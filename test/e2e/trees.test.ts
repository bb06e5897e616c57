import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConsole, type Console } from './openConsole.ts'
import { seriousFindings } from './seriousFindings.ts'
import { opensEveryNumber } from './unopened.ts'

describe('the Trees page', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole({ reducedMotion: 'reduce' })
    const { api, page, go } = app
    await go('/trees')
    await page.getByText('No model with a tree yet.').waitFor()
    for (const split of ['random', 'pca']) {
      const spec = {
        kind: 'tpgr',
        world: { kind: 'typedLatent', users: 60, items: 60, types: 2, horizon: 8 },
        tree: { depth: 2, split },
        agent: { updates: 4, episodesPerUpdate: 16 },
        evaluateEvery: 2,
      }
      const study = await api.call('studies.start', { kind: 'training', spec, seed: 1 })
      for await (const frames of api.stream('studies.watch', { study })) {
        if (frames.at(-1)?.state === 'finished') break
        expect(frames.at(-1)?.reason).toBe(null)
      }
    }
  })
  afterAll(() => app.close())

  const at = (text: string) =>
    app.page.locator('[data-test="node"]').filter({ hasText: text }).waitFor()

  it('goes down to a leaf and back by the keyboard, and keeps its place in the address', async () => {
    const { page } = app
    // the models came while the page was open; the newest is shown, and its arrival would undo a key press
    await page.getByText(/^PCA split/).waitFor()
    await page.waitForLoadState('networkidle')
    await at('Root')
    const map = page.getByRole('application', { name: 'Drill-down' })
    await map.focus()
    await page.keyboard.press('Home')
    await page.locator('.drill .readout').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/node=\d+(&|$)/)
    const node = new URL(page.url().replace('#/', '')).searchParams.get('node')!
    await at(node.padStart(2, '0'))
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await page.waitForURL(/node=\d+\.\d+(&|$)/)
    await page
      .getByText('empty leaf')
      .or(page.getByText(/^item \d+ ·/))
      .first()
      .waitFor()
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    await at('Root')
    expect(page.url()).not.toContain('node=')
  })

  it('takes a decision apart, whose levels multiply to the item’s probability', async () => {
    const { page } = app
    await page.getByRole('button', { name: 'Next decision' }).click()
    await page.getByText('step 2 of 8').waitFor()
    await page.getByText('Shown before, with the answers').waitFor()
    const decision = page.getByRole('region', { name: 'One decision' })
    await decision.getByLabel('User').fill('nobody')
    await decision.getByLabel('User').press('Enter')
    await decision.getByRole('alert').getByText('there is no user "nobody"').waitFor()
    await decision.getByLabel('User').fill('3')
    await decision.getByLabel('User').press('Enter')
    await decision.locator('[data-test="probability"]').waitFor()
    expect(page.url()).toContain('path=3:1')
    expect(await seriousFindings(app.page)).toEqual([])
  })

  it('offers to rebuild a tree that has no leaf left, with its own settings', async () => {
    const { page } = app
    const change = page.getByRole('region', { name: 'Items come and go' })
    await change.getByLabel(/^Items that come/).fill('1, 2\n3, 4\n5\n6\n7')
    await change.getByRole('button', { name: 'Preview' }).click()
    await change.getByText('find no free leaf').waitFor()
    await change.getByRole('link', { name: 'Train on a rebuilt tree' }).click()
    await page.waitForURL(/train\?like=\d+$/)
    await expect.poll(() => page.getByLabel(/^Items$/).inputValue()).toBe('60')
    await page.goBack()
    await at('Root')
  })

  it('compares two trees, and measures nothing before it is asked', async () => {
    const { page, problems } = app
    await page.getByRole('button', { name: 'Compare two' }).click()
    await page.getByText('60 items in both').waitFor()
    await page.getByRole('group', { name: 'Overlap of the children' }).waitFor()
    await opensEveryNumber(app)
    expect(await seriousFindings(app.page)).toEqual([])
    await page.getByRole('button', { name: 'Decision time' }).click()
    await page.getByText('Nothing has been measured').waitFor()
    expect(await page.locator('body').innerText()).not.toMatch(/NaN|undefined|trees\./)
    expect(problems).toEqual([])
  })
})
