import { cpus, loadavg } from 'node:os'
import { openConsole } from '../../e2e/openConsole.ts'
import { chromiumPath } from '../../support/chromium.ts'
import { fillWorkspace } from './fillWorkspace.ts'
import { measured, repeated, type Measured } from './measure.ts'
import { reports } from './reports.ts'
import { scrub } from './scrub.ts'
import { trees } from './trees.ts'

// Drives the page that ships in Chromium and prints a table of docs/performance-ui.md. Figures are
// reported, not asserted: they depend on what else the machine does.
const RUNS = 400
const COMPARED = 50
const POINTS = 50_000
const IMPRESSIONS = 1_000_000

const load = loadavg()[0]!
process.env['DUELIST_CHROMIUM'] = await chromiumPath() // prints as well
const app = await openConsole({}, (workspace) =>
  fillWorkspace(workspace, { runs: RUNS, points: POINTS, impressions: IMPRESSIONS }),
)
const { page, api, go } = app
const rows: { readonly what: string; readonly budget: string; readonly time: Measured }[] = []
const note = (what: string, budget: string, time: Measured) => {
  rows.push({ what, budget, time })
  process.stderr.write(`${what}: ${time.paint.toFixed(0)} ms\n`)
}
const press = (key: string) => () => page.keyboard.press(key)
const changed = async (selector: string) => ({
  selector,
  differs: await page.locator(selector).first().textContent(),
})
const idOf = async (wanted: string) =>
  (await api.call('runs.list', {})).find(({ name }) => name === wanted)!.id
const [runId, many] = [await idOf('long'), await idOf('many')]

try {
  // a fresh run, which has impressions
  const [sample] = await api.call('samples.list', {})
  await go('/new')
  await page.locator('[data-test="preview"] tbody td').first().waitFor({ timeout: 60_000 })
  await page.locator('[data-field="explorer.alpha"] input[type=range]').focus()
  note(
    '1 α by one step: lists, RBO, rates, users',
    '100',
    await repeated(11, async () =>
      measured(page, press('ArrowRight'), await changed('[data-test="preview"] .tiles')),
    ),
  )
  const alpha = page.locator('[data-field="explorer.alpha"]').getByRole('textbox')
  await alpha.fill('1')
  await page.waitForTimeout(500)
  note(
    '9 fix-it: what, why, repair of a bad value',
    '100',
    await measured(page, press('2'), { selector: '[data-field="explorer.alpha"] .fix' }),
  )

  const run = await api.call('runs.start', { spec: sample!.spec, seed: 3 })
  await go(`/runs/${run}/live`)
  await page.locator('.ticker .a, .ticker .b').first().waitFor({ timeout: 60_000 })
  await page.locator('main').focus()
  const head = '.page-head'
  note(
    '2 pause is acknowledged',
    '100',
    await measured(page, press('Space'), { selector: head, matches: 'Paus(ing|ed)' }),
  )
  await page.locator('.page-head').getByText('Paused').waitFor()
  note('2 resume', '200', await measured(page, press('Space'), { selector: head, lacks: 'Paused' }))
  await page.locator('.page-head').getByText('Finished').waitFor({ timeout: 180_000 })

  await scrub({ ...app, note }, run)
  await go(`/runs/${run}/live`)
  const plot = page.getByRole('application').first()
  await plot.focus()
  await page.keyboard.press('End')
  note(
    'a chart’s cursor by one point',
    '50',
    await repeated(7, async () => measured(page, press('ArrowLeft'), await changed('.readout'))),
  )
  await go(`/runs/${run}/impressions?i=7&step=1`)
  await page.locator('.lists').waitFor()
  await page.waitForTimeout(500)
  await page.locator('main').focus()
  note(
    '4 a draft by one step',
    '50',
    await repeated(5, async () => measured(page, press('ArrowRight'), await changed('.lists'))),
  )
  await go(`/runs/${run}/results`)
  await page.locator('.headline').waitFor()
  await page.waitForTimeout(500)
  const figure = page.locator('.figure-link').first()
  note(
    '6 a number’s formula',
    '150',
    await measured(page, () => figure.click(), { selector: '.drawer dl' }),
  )
  await page.keyboard.press('Escape')
  await page.locator('[data-test="range-to"]').fill('200')
  await page.locator('[data-test="range-from"]').fill('60')
  note(
    '7 a range of users: Δ and its interval, corrected',
    '300',
    await measured(page, press('Enter'), { selector: '[data-test="range-say"]' }),
  )
  const begun = performance.now()
  await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as HTML' }).click(),
  ])
  note('10 a report as HTML, to its download', '500', {
    paint: performance.now() - begun,
    frame: Number.NaN,
  })

  const [other] = (await api.call('runs.list', {})).filter(({ name }) => name.startsWith('α'))
  await reports({ ...app, note }, [run, other!.id])

  await go('/')
  await page.locator('h1').waitFor()
  note(
    `Experiments with ${RUNS} runs`,
    '300',
    await measured(page, () => go('/experiments'), { selector: '[role=row], tbody tr' }),
  )
  await page.waitForTimeout(500)
  note(
    'Experiments, the next row',
    '100',
    await repeated(5, () => measured(page, press('j'), { selector: 'h1' })),
  )
  const list = (await api.call('runs.list', {})).filter(({ name }) => name.startsWith('α'))
  const compared = list.slice(0, COMPARED).map(({ id }) => id)
  await go('/')
  await page.locator('h1').waitFor()
  note(
    `5 Compare with ${COMPARED} of ${RUNS} runs, diff only`,
    '300',
    await measured(page, () => go(`/compare?runs=${compared.join('.')}`), {
      selector: 'main table tbody tr',
      least: 5,
    }),
  )
  await page.waitForTimeout(1500)
  await page.locator('main').focus()
  note(
    '5 B swaps the baseline',
    '100',
    await measured(page, press('b'), await changed('.page-head h1')),
  )

  await page.waitForTimeout(500)
  const adding = page.getByRole('button', { name: 'Add runs' })
  note(
    '5 Compare: the list of 200 to choose from',
    '300',
    await measured(page, () => adding.click(), { selector: '.picker li', least: 200 }),
  )
  await page.locator('.picker [type=search]').focus()
  note(
    '5 Compare: a letter into its filter',
    '100',
    await measured(page, press('1'), { selector: '.picker li' }),
  )
  await page.locator('.picker [type=search]').fill('')
  await page.waitForTimeout(300)
  const first = page.locator('.picker input:checked').first()
  note(
    '5 Compare: one of 50 is left out',
    '300',
    await measured(page, () => first.click(), await changed('.picker header .muted')),
  )

  await go('/')
  await page.locator('h1').waitFor()
  note(
    `Live with ${POINTS.toLocaleString('en')} points`,
    '–',
    await measured(page, () => go(`/runs/${runId}/live`), { selector: '.plot canvas' }),
  )
  await page.waitForTimeout(4000)
  await page.getByRole('application').first().focus()
  await page.keyboard.press('End')
  note(
    'its cursor by one point',
    '50',
    await repeated(7, async () => measured(page, press('ArrowLeft'), await changed('.readout'))),
  )

  const size = IMPRESSIONS.toLocaleString('en')
  await go('/')
  await page.locator('h1').waitFor()
  note(
    `Impressions of a run of ${size}: opened in the middle`,
    '300',
    await measured(page, () => go(`/runs/${many}/impressions?i=${IMPRESSIONS / 2}`), {
      selector: '.lists',
    }),
  )
  await page.waitForTimeout(1000)
  const number = page.getByRole('spinbutton', { name: 'Impression', exact: true })
  await number.fill('987654')
  note(
    'a jump to another one',
    '100',
    await measured(page, () => number.press('Enter'), await changed('.lists')),
  )
  const outcomes = page.getByLabel('Only this outcome')
  note(
    'the next tie, by a filter',
    '300',
    await measured(page, () => outcomes.selectOption('tie'), {
      selector: '.outcome',
      matches: 'tie',
    }),
  )
  await outcomes.selectOption('')
  await page.waitForTimeout(500)
  const user = page.getByLabel('of user')
  await user.fill('70000')
  note(
    'the first list of a user in the middle, all before it read',
    '–',
    await measured(page, () => user.press('Enter'), { selector: '.bar', matches: 'user 70000 ' }),
  )
  await go('/')
  await page.locator('h1').waitFor()
  note(
    `Segments of a run of ${size} impressions, read for the first time`,
    '–',
    await measured(
      page,
      () => go(`/runs/${many}/results?view=segments`),
      { selector: 'main table tbody tr' },
      120_000,
    ),
  )
  await page.waitForTimeout(500)
  note(
    'its users, read already',
    '300',
    await measured(page, () => go(`/runs/${many}/users`), { selector: '.users .row' }, 120_000),
  )
  await trees({ ...app, note })
} finally {
  await app.close()
}

const figure = (value: number) => (Number.isFinite(value) ? value.toFixed(0) : '–')
console.log(
  `${cpus()[0]!.model.trim()}, ${cpus().length} cores, load average before ${load.toFixed(1)}`,
)
console.log('| interaction | budget, ms | input to paint, ms | longest frame, ms |')
console.log('| --- | --- | --- | --- |')
for (const { what, budget, time } of rows) {
  console.log(`| ${what} | ${budget} | ${figure(time.paint)} | ${figure(time.frame)} |`)
}
