import { readFile } from 'node:fs/promises'
import { pdfPages } from '../../support/pdfText.ts'
import type { Bench } from './bench.ts'
import { measured } from './measure.ts'

/** A report of runs in the editor: its preview after a change, and the PDF of the same. */
export async function reports(
  { page, go, api, note }: Bench,
  runs: readonly number[],
): Promise<void> {
  const report = await api.call('reports.create', {
    sources: runs.map((id) => ({ kind: 'run' as const, id })),
    template: 'standard',
    language: 'en',
  })
  await go(`/reports/${report}`)
  const frame = page.locator('iframe')
  await frame.waitFor()
  await page.waitForTimeout(1500)
  const handle = page.getByRole('button', { name: /^Move “Health”/ }).first()
  await handle.focus()
  note(
    '10 the preview of a report after a block has moved',
    '500',
    await measured(page, () => page.keyboard.press('Home'), {
      selector: 'iframe',
      attribute: 'srcdoc',
      differs: await frame.getAttribute('srcdoc'),
    }),
  )
  await page.getByRole('button', { name: 'More formats' }).click()
  const begun = performance.now()
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('button', { name: /PDF/ }).click(),
  ])
  const paint = performance.now() - begun
  const pages = pdfPages(await readFile(await download.path())).length
  note(`10 its PDF of ${pages} pages, to its download`, '5000', { paint, frame: Number.NaN })
}
