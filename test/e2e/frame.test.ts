import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConsole, type Console } from './openConsole.ts'

/** Kilobytes of JavaScript that the page asks for before it shows anything, minified, not compressed. */
const BUDGET = 900

describe('the frame', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole()
  })
  afterAll(() => app.close())

  it('loads little before the first view', async () => {
    const bytes = await app.page.evaluate(async () => {
      // the page as it was sent: what is fetched later adds preloads of its own
      const sent = new DOMParser().parseFromString(await (await fetch('./')).text(), 'text/html')
      const parts = sent.querySelectorAll('script[src], link[rel="modulepreload"]')
      const sizes = [...parts].map(async (part) => {
        const address = part.getAttribute('src') ?? part.getAttribute('href') ?? ''
        return (await (await fetch(address)).arrayBuffer()).byteLength
      })
      return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    })
    console.log(`initial JavaScript: ${(bytes / 1000).toFixed(0)} kB of ${BUDGET}`)
    expect(bytes).toBeGreaterThan(100_000)
    expect(bytes / 1000).toBeLessThan(BUDGET)
  })

  it('goes anywhere from the palette, in both languages and by pinyin', async () => {
    const { page } = app
    for (const [typed, title] of [
      ['settings', 'Settings'],
      ['数据', 'Data'],
      ['tksys', 'Peek Lab'],
    ] as const) {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Search runs' }).fill(typed)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
    }
  })

  it('keeps single letters out of text fields, and off when they are off', async () => {
    const { page, api, go } = app
    await go('/experiments')
    await page.getByRole('searchbox').first().focus()
    await page.keyboard.press('n')
    expect(page.url()).toContain('/experiments')
    await page.getByRole('heading', { level: 1 }).click()
    // of an input method that composes
    await page.evaluate(() => {
      const event = { key: 'n', code: 'KeyN', bubbles: true, cancelable: true }
      document.body.dispatchEvent(new KeyboardEvent('keydown', { ...event, isComposing: true }))
    })
    await page.waitForTimeout(100)
    expect(page.url()).toContain('/experiments')
    await page.keyboard.press('n')
    await page.waitForURL(/\/new/)
    await api.call('settings.set', { singleKeys: false, keys: { goTo: 'f9', help: 'alt+h' } })
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('5')
    await page.waitForTimeout(300)
    expect(page.url()).toContain('/new')
    // what is no character alone stays
    await page.keyboard.press('Alt+h')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'detached' })
    await page.keyboard.press('F9')
    await page.keyboard.press('5')
    await page.waitForURL(/\/data/)
    await api.call('settings.set', { singleKeys: true, keys: {} })
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
  })

  it('takes another key for an action, after G too, and keeps it', async () => {
    const { page, api, go } = app
    const record = (action: string) =>
      page.getByRole('button', { name: `Change the key of “${action}”` })
    const title = (name: string) => page.getByRole('heading', { level: 1, name })
    await go('/settings')
    await record('New experiment').click()
    await page.keyboard.press('Escape')
    expect((await api.call('settings.get', {})).keys).toEqual({})
    // refused until one decides, as another action has it
    await page.keyboard.press('Enter')
    await page.keyboard.press('d')
    await page.getByRole('alert').getByText('D is the key of “Duplicate').waitFor()
    await page.getByRole('button', { name: 'Keep both' }).click()
    await page.keyboard.press('Enter')
    await page.keyboard.press('m')
    await page.getByText('“New experiment” is now M.').waitFor()
    await record('Go to Trees').click()
    await page.keyboard.press('n')
    await page.getByText('“Go to Trees” is now N.').waitFor()
    await record('Select the row').click()
    await page.keyboard.press('Backspace')
    await page.getByText('“Select the row” is now none.').waitFor()
    const keys = { newExperiment: 'm', goTrees: 'n', selectRow: null }
    expect((await api.call('settings.get', {})).keys).toEqual(keys)

    await go('/')
    await page.reload()
    await page.getByRole('button', { name: 'Run the sample duel' }).waitFor()
    await page.keyboard.press('n')
    await page.waitForTimeout(200)
    expect(page.url()).toMatch(/#\/$/)
    await page.keyboard.press('g')
    await page.keyboard.press('n')
    await title('Trees').waitFor()
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard' })
    const row = sheet.getByText('New experiment').locator('xpath=preceding-sibling::dt[1]')
    expect(await row.innerText()).toBe('M')
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await page.keyboard.press('m')
    await page.waitForURL(/\/new/)
    await go('/settings')
    await page.getByRole('button', { name: 'All defaults' }).click()
    await record('New experiment')
      .and(page.getByRole('button', { name: 'now N' }))
      .waitFor()
  })

  it('begins new plans and reports with the defaults of the settings', async () => {
    const { page, api, go } = app
    await go('/settings')
    const rate = page.getByLabel('Error rate')
    await rate.fill('30')
    await rate.press('Tab')
    await page.getByText('30 is not possible: from 0.1 to 20.').waitFor()
    expect((await api.call('settings.get', {})).errorRate).toBe(0.05)
    await rate.fill('10')
    await rate.press('Tab')
    const red = page.getByLabel('Red below')
    await red.fill('2')
    await red.press('Tab')
    await page.getByText('Red begins at or below amber, which is 1.').waitFor()
    await page.getByLabel('Paper').selectOption('Letter')
    await expect
      .poll(() => api.call('settings.get', {}))
      .toMatchObject({
        errorRate: 0.1,
        paper: 'Letter',
        collapseRed: 0.5,
      })
    await go('/new')
    await page.reload()
    await expect
      .poll(() => page.locator('[data-field="analysis.errorRate"] input').inputValue())
      .toBe('0.1')
    await api.call('settings.set', { errorRate: 0.05, reportLanguage: 'both', csvMark: 'always' })
    await go('/reports?new=1')
    await page.reload()
    await page.getByRole('radio', { name: /An empty page/ }).check()
    await page.getByRole('button', { name: 'Make the report' }).click()
    await page.waitForURL(/reports\/\d/)
    const report = (await api.call('reports.list', {}))[0]!
    expect(report).toMatchObject({ paper: 'Letter', languages: ['en', 'zh-CN'] })
    const csv = { report: report.id, format: 'csv', language: 'en' } as const
    expect((await api.call('reports.export', csv)).text).toMatch(/^\ufeff/)
    await api.call('settings.set', { csvMark: 'never', paper: 'A4', reportLanguage: 'page' })
    const bare = await api.call('reports.export', { ...csv, language: 'zh-CN' })
    expect(bare.text).not.toMatch(/^\ufeff/)
  })

  it('changes the language without losing what was typed', async () => {
    const { page, go } = app
    await go('/new')
    await page.reload()
    const name = page.getByRole('textbox').first()
    await name.fill('A name to keep')
    await page.getByRole('button', { name: '中文' }).click()
    await page.locator('html[lang="zh-CN"]').waitFor()
    expect(await name.inputValue()).toBe('A name to keep')
    // another window changes it back, and the theme as well
    await app.api.call('settings.set', { language: 'en', theme: 'dark' })
    await page.locator('html[lang="en"][data-theme="dark"]').waitFor()
    expect(await name.inputValue()).toBe('A name to keep')
    await app.api.call('settings.set', { theme: 'light' })
    await page.locator('html[data-theme="light"]').waitFor()
  })

  it('wrote no error', () => expect(app.problems).toEqual([]))
})
