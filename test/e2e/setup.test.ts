import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConsole, type Console } from './openConsole.ts'
import { unopened } from './unopened.ts'

describe('setting up, pausing and going on', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole()
  })
  afterAll(() => app.close())

  it('names a bad value where it stands and repairs it with one click', async () => {
    const { page } = app
    await page.keyboard.press('n')
    const alpha = page.locator('[data-field="explorer.alpha"]')
    const launch = page.getByRole('button', { name: 'Lock plan and launch' })
    await alpha.getByRole('textbox').fill('12')
    await alpha.getByText('Exploration coefficient α is 12; it must be at most 10.').waitFor()
    expect(await launch.isDisabled()).toBe(true)
    await alpha.getByRole('button', { name: 'Set to 10' }).click()
    await alpha.getByText('must be at most').waitFor({ state: 'detached' })
    expect(await alpha.getByRole('textbox').inputValue()).toBe('10')

    const users = page.locator('[data-field="traffic.users"]')
    await users.getByRole('textbox').fill('many')
    await users.getByText('Users is "many"; it must be a number.').waitFor()
    await users.getByRole('textbox').fill('0,6')
    await users.getByText('Users is "0,6"; it must be a number.').waitFor()
    // more than the world has: the plan says so and speaks of those that come
    await users.getByRole('textbox').fill('700')
    const needs = page.getByRole('region', { name: 'What this plan needs' })
    await needs.getByText('The world has 500 users: of 700 planned no more can enter.').waitFor()
    expect(await needs.innerText()).toContain('500 users × 20 lists each')
    await needs.getByRole('button', { name: 'Give it 700 users' }).click()
    await needs.getByText('700 users × 20 lists each').waitFor()
    expect(await needs.getByText('can enter').count()).toBe(0)
    await users.getByRole('textbox').fill('60')
    await page.getByText('ready to launch').waitFor()
  })

  it('lets lists, overlap, rates and the needed users follow α', async () => {
    const { page } = app
    const preview = page.locator('[data-test="preview"]')
    const slider = page.locator('[data-field="explorer.alpha"] input[type=range]')
    await slider.fill('0')
    await preview.getByText('No vote is decisive here').waitFor({ timeout: 60_000 })
    const listA = () => preview.locator('tbody tr td:nth-child(2)').allInnerTexts()
    const before = await listA()
    expect(before).toHaveLength(10)
    await slider.fill('0.6')
    await preview.getByRole('application', { name: 'Power' }).waitFor()
    await preview.locator('.figure-link').first().click()
    await page.locator('.drawer').getByText('RBO', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    expect(await unopened(page)).toEqual([])
    const own = (await listA()).map((text) => text.replace(/[∗\s]+$/, ''))
    expect(own).toEqual(before)
    expect(await preview.innerText()).toMatch(/RBO\s+0\.[1-9]\d[\s\S]+Ties\s+\d+\.\d/)
    await page.locator('[data-field="analysis.minimumEffect"]').getByRole('textbox').fill('0.05')
    await preview.getByText(/\d+ users are needed for 80/).waitFor()
    const diff = page.locator('[data-test="diff"]')
    await diff.getByRole('row', { name: 'Exploration coefficient α Rankers 0.1 0.6' }).waitFor()
    await page.locator('[data-field="analysis.minimumEffect"]').getByRole('textbox').fill('0')
  })

  it('keeps the form through a change of language', async () => {
    const { page } = app
    await page.locator('[data-field="hypothesis"] textarea').fill('α = 10 is too wide')
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('button', { name: '锁定方案并启动' }).waitFor()
    const field = (path: string) => page.locator(`[data-field="${path}"]`)
    expect(await field('hypothesis').locator('textarea').inputValue()).toBe('α = 10 is too wide')
    expect(await field('traffic.users').getByRole('textbox').inputValue()).toBe('60')
    await page.getByRole('button', { name: 'EN' }).click()
  })

  it('pauses with Space, resumes, and ends as a run that was never paused', async () => {
    const { page, api } = app
    const field = (path: string) => page.locator(`[data-field="${path}"]`).getByRole('textbox')
    await field('explorer.alpha').fill('0.3')
    await field('traffic.users').fill('200')
    await page.getByText('ready to launch').waitFor()
    await page.getByRole('button', { name: 'Lock plan and launch' }).click()
    await page.waitForURL(/#\/runs\/\d+\/live/)
    const head = page.locator('.page-head')
    await page.locator('.ticker .a, .ticker .b').first().waitFor()
    await page.locator('main').focus()
    await page.keyboard.press('Space')
    await head.getByText('Paused').waitFor()
    const [paused] = await api.call('runs.list', {})
    expect(paused!.done).toBeGreaterThan(0)
    expect(paused!.done).toBeLessThan(paused!.total)
    await page.keyboard.press('Space')
    await head.getByText('Finished').waitFor({ timeout: 120_000 })

    const { spec, seed } = await api.call('runs.get', { run: paused!.id })
    const again = await api.call('runs.start', { spec, seed })
    const states: string[] = []
    for await (const frames of api.stream('runs.watch', { run: again, afterStep: -1 })) {
      states.push(...frames.map(({ state }) => state))
    }
    expect(states.at(-1)).toBe('finished')
    const rows = await api.call('runs.list', {})
    const [one, other] = rows.map(({ summary }) => summary?.digest)
    expect(one).toMatch(/^[0-9a-f]{64}$/)
    expect(other).toBe(one)
  })

  it('wrote no error', () => {
    expect(app.problems).toEqual([])
  })
})
