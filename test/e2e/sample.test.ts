import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConsole, type Console } from './openConsole.ts'

describe('the sample, from a click to a report', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole()
  })
  afterAll(() => app.close())

  it('shows a verdict that the report repeats', async () => {
    const { page, api } = app
    await page.evaluate(() => {
      const gaps = { largest: 0 }
      Object.assign(window, { gaps })
      let before = performance.now()
      const frame = (now: number) => {
        gaps.largest = Math.max(gaps.largest, now - before)
        before = now
        requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
    })
    const clicked = performance.now()
    await page.getByRole('button', { name: 'Run the sample duel' }).click()
    await page.waitForURL(/#\/runs\/\d+\/live/)
    await page.locator('.ticker .a, .ticker .b').first().waitFor()
    const firstPoint = performance.now() - clicked

    await page.locator('.page-head').getByText('Finished').waitFor({ timeout: 120_000 })
    // every chart has followed to the end, without the page being opened anew
    const total = (await api.call('runs.list', {}))[0]!.total
    await page
      .getByText(new RegExp(`no-votes in ${total.toLocaleString('en')} impressions`))
      .waitFor()
    const gap = await page.evaluate(
      () => (window as unknown as { gaps: { largest: number } }).gaps.largest,
    )
    console.info(
      `sample: first points after ${firstPoint.toFixed(0)} ms, largest frame gap ${gap.toFixed(0)} ms`,
    )

    await page.getByRole('link', { name: 'Results', exact: true }).click()
    const headline = (await page.locator('.headline').innerText()).trim()
    expect(headline).toMatch(/^Q is preferred: Δ = 0\.\d+ \(0\.\d+ to 0\.\d+\), \d+ users/)
    const digest = await page.locator('[data-test="digest"]').innerText()
    const [row] = await api.call('runs.list', {})
    expect(digest).toBe(row!.summary!.digest)

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as HTML' }).click(),
    ])
    const html = await readFile(await download.path(), 'utf8')
    expect(html).toContain(digest)
    expect(html).toContain('Q is preferred')
    await page.getByRole('button', { name: 'More formats' }).click()
    const [json] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as JSON' }).click(),
    ])
    expect(JSON.stringify(JSON.parse(await readFile(await json.path(), 'utf8')))).toContain(digest)
  })

  it('lets the chart be read by keyboard and as a table', async () => {
    const { page } = app
    await page.getByRole('link', { name: 'Live', exact: true }).click()
    const chart = page.getByRole('application', { name: 'Preference Δ over users' })
    await chart.focus()
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowLeft')
    await page.getByText(/Point \d+ of \d+: users \d+, Δ 0\.\d+/).waitFor({ state: 'attached' })
    await page.getByRole('button', { name: 'View as table' }).first().click()
    const table = page.getByRole('region', { name: 'Preference Δ over users' })
    expect(await table.getByRole('row').count()).toBeGreaterThan(10)
    expect(await table.innerText()).not.toMatch(/NaN|undefined/)
  })

  it('opens a point beside the page and sorts the table', async () => {
    const { page } = app
    const table = page.getByRole('region', { name: 'Preference Δ over users' })
    await table.getByRole('button', { name: 'users' }).click()
    const first = await table.getByRole('row').nth(1).getByRole('cell').first().innerText()
    expect(Number(first)).toBeLessThan(10)
    await page.getByRole('button', { name: 'View as chart' }).first().click()
    const chart = page.getByRole('application', { name: 'Learning' })
    await chart.focus()
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowDown')
    await page.getByText(/Point \d+ of \d+: impressions [\d,]+, Q, % [\d.]+$/).waitFor({
      state: 'attached',
    })
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('complementary', { name: 'Details' })
    await drawer.getByText('Point 60 of 60').waitFor()
    expect(await drawer.innerText()).toMatch(/Learning\s+Point 60 of 60[\s\S]+Q, %/)
    await page.keyboard.press('Escape')
    expect(await chart.evaluate((plot) => plot === document.activeElement)).toBe(true)
  })

  it('exports a chart that reads back equal', async () => {
    const { page } = app
    const figure = page.getByRole('group', { name: 'Learning' })
    const download = async (format: string) => {
      await figure.getByRole('button', { name: 'Export chart' }).click()
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        figure.getByRole('button', { name: format }).click(),
      ])
      expect(file.suggestedFilename()).toBe(`Learning.${format.toLowerCase()}`)
      return readFile(await file.path())
    }
    const rows = (await download('CSV')).toString().trimEnd().split('\r\n')
    const ctr = rows.slice(1).map((row) => row.split(',').map(Number))
    expect(rows[0]).toMatch(/^impressions,"Q, %","Q̃, %"/)
    expect(ctr).toHaveLength(60)
    const [last] = ctr.slice(-1)
    await figure.getByRole('button', { name: 'View as table' }).click()
    const newest = await figure.getByRole('row').nth(1).getByRole('cell').allInnerTexts()
    expect(newest.slice(1).map(Number)).toEqual(
      last!.slice(1).map((value) => Number(value.toFixed(2))),
    )
    await figure.getByRole('button', { name: 'View as chart' }).click()

    const svg = (await download('SVG')).toString()
    const png = await download('PNG')
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
    expect(svg).toContain(`width="${width / 2}" height="${height / 2}"`)
    const drawn = await page.evaluate(
      ([text, bytes]) => {
        const read = new DOMParser().parseFromString(text!, 'image/svg+xml')
        const image = new Image()
        image.src = `data:image/png;base64,${bytes!}`
        return image.decode().then(() => ({
          error: read.querySelector('parsererror') !== null,
          title: read.querySelector('title')?.textContent,
          paths: read.querySelectorAll('path').length,
          width: image.naturalWidth,
        }))
      },
      [svg, png.toString('base64')],
    )
    expect(drawn).toMatchObject({ error: false, title: 'Learning', width })
    expect(drawn.paths).toBeGreaterThan(5)
  })

  it('wrote no error and no NaN anywhere', async () => {
    expect(await app.page.locator('body').innerText()).not.toMatch(/NaN|undefined/)
    expect(app.problems).toEqual([])
  })
})
