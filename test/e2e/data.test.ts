import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConsole, type Console } from './openConsole.ts'

const movieLens = resolve(import.meta.dirname, '../../../shared/data/ml-100k/u.data')
const hasMovieLens = existsSync(movieLens)
if (!hasMovieLens) console.info(`MovieLens 100K is not at ${movieLens}: its import is not tested`)

/** 60 users × 40 of 80 items; likes follow parity. `extra` is put among them. */
function ratings(extra: readonly string[] = []): Buffer {
  const lines = ['user,item,rating,time']
  for (let user = 1; user <= 60; user++) {
    for (let i = 0; i < 40; i++) {
      const item = 1 + ((user * 7 + i * 3) % 80)
      const rating = item % 2 === user % 2 ? 4 + (i % 2) : 1 + (i % 3)
      lines.push(`${user},${item},${rating},${880_000_000 + user * 1000 + i}`)
    }
  }
  lines.splice(5, 0, ...extra)
  return Buffer.from(lines.join('\n'))
}

describe('ratings, from a file to a duel on them', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole()
  })
  afterAll(() => app.close())

  async function importFile(file: string | { name: string; buffer: Buffer }, as: string) {
    const { page, go } = app
    await go('/data')
    const input = page.locator('input[type=file]')
    await input.setInputFiles(typeof file === 'string' ? file : { ...file, mimeType: 'text/csv' })
    await page.getByLabel('Name of the dataset').fill(as)
    await page.getByRole('button', { name: 'Import', exact: true }).click()
  }

  it('names every row that can not be read, and imports nothing of that file', async () => {
    const { page, api } = app
    const bad = ratings(['3,4,excellent,880000000', '3,5'])
    await importFile({ name: 'bad.csv', buffer: bad }, 'Bad')
    await page.getByText('bad.csv was not imported; the workspace is as before.').waitFor()
    const rows = page.getByRole('region', { name: 'Rows that can not be read' })
    expect(await rows.innerText()).toContain('line 6, rating')
    expect(await rows.innerText()).toContain('line 7')
    expect(await api.call('datasets.list', {})).toEqual([])
  })

  it('imports what is sound and says which ratings came twice', async () => {
    const { page, api } = app
    const [, first = ''] = ratings().toString().split('\n')
    await importFile({ name: 'small.csv', buffer: ratings([first, first]) }, 'Small')
    await page.getByText(/^Small: 2,400 ratings of 60 users and 80 items imported/).waitFor()
    const problems = page.getByRole('region', { name: 'Rows that were left out' })
    expect(await problems.getByRole('row').count()).toBe(3)
    const [meta] = await api.call('datasets.list', {})
    expect(meta).toMatchObject({ name: 'Small', users: 60, items: 80, rows: 2400, hasTime: true })
  })

  it('refuses a file that is none and leaves the workspace as it was', async () => {
    const { page, api } = app
    await importFile({ name: 'poem.txt', buffer: Buffer.from('shall I compare thee\n') }, 'Poem')
    await page.getByText(/poem\.txt was not imported/).waitFor()
    expect(await api.call('datasets.list', {})).toHaveLength(1)
  })

  it('runs a duel on the imported ratings to a verdict', async () => {
    const { page, go } = app
    await go('/new?dataset=Small')
    const field = (path: string) => page.locator(`[data-field="${path}"]`)
    await field('traffic.users').getByRole('textbox').fill('60')
    await field('traffic.poolSize').getByRole('textbox').fill('30')
    await page.getByText('ready to launch').waitFor()
    expect(await field('environment.dataset').getByRole('combobox').inputValue()).toBe('Small')
    await page.getByRole('button', { name: 'Lock plan and launch' }).click()
    await page.locator('.page-head').getByText('Finished').waitFor({ timeout: 120_000 })
    await page.getByRole('link', { name: 'Results', exact: true }).click()
    expect((await page.locator('.headline').innerText()).length).toBeGreaterThan(10)
    expect(await page.locator('.provenance').innerText()).toContain('Small')
  })

  it.skipIf(!hasMovieLens)('imports MovieLens 100K whole', async () => {
    const { page } = app
    expect((await readFile(movieLens)).length).toBeGreaterThan(1_900_000)
    await importFile(movieLens, 'MovieLens 100K')
    await page
      .getByText(/^MovieLens 100K: 100,000 ratings of 943 users and 1,682 items imported/)
      .waitFor({ timeout: 60_000 })
  })

  it('wrote no error', () => {
    expect(app.problems).toEqual([])
  })
})
