import { readFile } from 'node:fs/promises'
import type { Download } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../support/chromium.ts'
import { openConsole, type Console } from './openConsole.ts'
import { seriousFindings } from './seriousFindings.ts'

describe('a report, written by keyboard', () => {
  let app: Console
  beforeAll(async () => {
    process.env['DUELIST_CHROMIUM'] = await chromiumPath()
    app = await openConsole({ reducedMotion: 'reduce' })
    const { api, go, page } = app
    const spec = {
      name: 'A run to write about',
      environment: { kind: 'typedLatent' as const, users: 60, items: 600 },
      traffic: { users: 60 },
      agent: { kind: 'drn' as const, pretrainSteps: 50 },
    }
    const run = await api.call('runs.start', { spec, seed: 3 })
    for await (const frames of api.stream('runs.watch', { run, afterStep: -1 })) {
      if (frames.at(-1)?.state === 'finished') break
    }
    await go(`/runs/${run}/results`)
    await page.getByRole('button', { name: 'Report', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/#\/reports\/1$/)
    await page.getByRole('button', { name: /^Move “Health”/ }).waitFor()
  })
  afterAll(() => app.close())

  const preview = () => app.page.frameLocator('iframe')
  const titles = () => preview().locator('h2').allInnerTexts()
  const saved = () => app.page.locator('.state.saved').waitFor()

  it('moves blocks, takes changes back and shows them at once', async () => {
    const { page } = app
    const before = await titles()
    expect(before[2]).toContain('Health')
    await page.getByRole('button', { name: /^Move “Health”/ }).focus()
    await page.keyboard.press('Home')
    await page.getByText('“Health” is now at place 1').waitFor({ state: 'attached' })
    await preview().locator('section:first-of-type h2', { hasText: 'Health' }).waitFor()
    const took = await page.locator('[data-took]').getAttribute('data-took')
    console.info(`report: preview ${took} ms after a move`)
    expect(await page.locator(':focus').getAttribute('aria-label')).toMatch(
      /^Move “Health”, place 1/,
    )
    await page.keyboard.press('Control+z')
    await preview().locator('section:first-of-type h2', { hasText: 'Question' }).waitFor()
    expect(await titles()).toEqual(before)
  })

  it('has text of its own, and exports exactly what it previews', async () => {
    const { page, api } = app
    await page.getByRole('button', { name: 'Add a block' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter') // the first entry is a text
    await page.keyboard.type('# Our reading\nKeep **Q** <b>for now</b>.')
    await preview().getByText('Our reading').waitFor()
    await saved()
    await page.getByRole('button', { name: 'Undo' }).focus()
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('e')])
    const file = await readFile(await download.path(), 'utf8')
    expect(file).toBe(await page.locator('iframe').getAttribute('srcdoc'))
    expect(file).toContain('Keep <strong>Q</strong> &lt;b&gt;for now&lt;/b&gt;.')
    const [row] = await api.call('reports.list', {})
    expect(row!.lastExport).toMatchObject({ format: 'html', name: 'a-run-to-write-about.html' })
    await page.getByText(row!.lastExport!.sha256.slice(0, 12)).waitFor()
  })

  it('in both languages is two files, each as it is previewed, and prints on its paper', async () => {
    const { page } = app
    await page.getByRole('combobox', { name: 'Language', exact: true }).selectOption('both')
    await page.getByLabel('Paper').selectOption('Letter')
    await saved()
    const files: Download[] = []
    page.on('download', (file) => files.push(file))
    await page.getByRole('button', { name: 'Undo' }).focus()
    await page.keyboard.press('e')
    await expect.poll(() => files.length).toBe(2)
    expect(files.map((file) => file.suggestedFilename())).toEqual([
      'a-run-to-write-about-en.html',
      'a-run-to-write-about-zh-CN.html',
    ])
    const shown = page.getByLabel('Language of the preview')
    for (const [i, language] of (['en', 'zh-CN'] as const).entries()) {
      await shown.selectOption(language)
      await preview().locator(`html[lang="${language}"]`).waitFor({ state: 'attached' })
      const text = await readFile(await files[i]!.path(), 'utf8')
      expect(text).toBe(await page.locator('iframe').getAttribute('srcdoc'))
      expect(text).toContain('@page{size:letter')
    }
    expect(await preview().locator('footer').innerText()).toMatch(/报告 [0-9a-f]{7}/)
    await page.getByRole('button', { name: 'More formats' }).click()
    await page.getByRole('button', { name: 'Export as PDF' }).click()
    await expect.poll(() => files.length, { timeout: 20_000 }).toBe(4)
    for (const file of files.slice(2)) {
      const pdf = await readFile(await file.path(), 'latin1')
      expect(pdf).toMatch(/MediaBox\s*\[0 0 612 792\]/)
    }
  })

  it('follows what another window stores, and says when it is deleted there', async () => {
    const { page, api } = app
    const copy = await api.call('reports.duplicate', { report: 1, title: 'Shared' })
    await app.go(`/reports/${copy}`)
    const title = page.getByLabel('Title')
    await expect.poll(() => title.inputValue()).toBe('Shared')
    await saved()
    const { content } = await api.call('reports.get', { report: copy })
    const theirs = { ...content, title: 'Renamed elsewhere', blocks: content.blocks.slice(0, 2) }
    await api.call('reports.save', { report: copy, content: theirs })
    await expect.poll(() => title.inputValue()).toBe('Renamed elsewhere')
    expect(await page.getByRole('button', { name: /^Move “/ }).count()).toBe(2)
    // a change here goes on from there, and what is typed stays as it is typed
    await title.fill('Renamed here ')
    await saved()
    const both = await api.call('reports.get', { report: copy })
    expect(both.content.title.trim()).toBe('Renamed here')
    expect(both.content.blocks).toHaveLength(2)
    await page.waitForTimeout(300)
    expect(await title.inputValue()).toBe('Renamed here ')
    await api.call('reports.delete', { report: copy })
    await page.getByText(`There is no report ${copy}.`).waitFor()
    await app.go('/reports/1')
  })

  it('has no serious finding of axe, on the list and on the editor', async () => {
    const { page, go } = app
    for (const route of ['/reports/1', '/reports?new=1']) {
      await go(route)
      await page.locator('h1').waitFor()
      await page.waitForTimeout(300)
      // the page in the frame has a test of its own
      expect(await seriousFindings(page), route).toEqual([])
    }
    expect(app.problems).toEqual([])
  })
})
