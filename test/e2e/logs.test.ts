import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { datasetExperiment } from '#core/samples/datasetExperiment'
import { importFile } from './importFile.ts'
import { decisionsCsv, interleavedCsv } from './logFiles.ts'
import { openConsole, type Console } from './openConsole.ts'
import { seriousFindings } from './seriousFindings.ts'
import { opensEveryNumber } from './unopened.ts'

describe('a log, from a file to a report', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole()
  })
  afterAll(() => app.close())

  it('gives a verdict, with its evidence, and saves the report', async () => {
    const { page } = app
    await importFile(app, 'shop', interleavedCsv())
    const datasets = page.getByRole('region', { name: 'Datasets' })
    await datasets.getByRole('link', { name: 'Analyse', exact: true }).click()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByRole('heading', { name: 'Preference Δ over users' }).waitFor()
    expect(await page.locator('[data-test=sentence]').innerText()).toContain('A')
    await opensEveryNumber(app)
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'HTML', exact: true }).click()
    expect(await readFile(await (await saved).path(), 'utf8')).toContain('<html')
    const [study] = await app.api.call('studies.list', {})
    const detail = await app.api.call('studies.get', { study: study!.id })
    expect(detail).toMatchObject({ kind: 'logAnalysis', report: { verdict: { state: 'aBetter' } } })
    expect(await seriousFindings(app.page)).toEqual([])
  })

  it('shows what another policy would have earned, with the alarms', async () => {
    const { page } = app
    await importFile(app, 'bandit', decisionsCsv())
    await page.getByRole('table').getByRole('link', { name: 'Show bandit' }).click()
    await page.getByText('Mean of 1/propensity').waitFor()
    await opensEveryNumber(app)
    await page.getByRole('link', { name: 'Evaluate', exact: true }).click()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByRole('heading', { name: 'Clip sweep' }).waitFor()
    await page.getByRole('row', { name: /SNIPS/ }).first().waitFor()
    await page
      .getByRole('row', { name: /Effective sample size/ })
      .first()
      .waitFor()
    await opensEveryNumber(app)
    expect(await seriousFindings(app.page)).toEqual([])
  })

  it('values the network of a run on the log that the run is of', async () => {
    const { page, api } = app
    const dataset = (await api.call('datasets.list', {})).find(({ name }) => name === 'bandit')!
    const traffic = { users: 60, impressionsPerUser: 5, listLength: 2, poolSize: 4 }
    const spec = { ...datasetExperiment(dataset, 'explore'), traffic }
    const run = await api.call('runs.start', { spec, seed: 1 })
    await app.go(`/runs/${run}/live`)
    await page.locator('.page-head').getByText('Finished').waitFor({ timeout: 60_000 })
    await page.getByRole('link', { name: 'Off-policy', exact: true }).click()
    await page.getByRole('button', { name: 'Evaluate Q' }).click()
    const sentence = page.getByText('By SNIPS the saved model Q of run')
    await sentence.waitFor({ timeout: 60_000 })
    // the estimate is that of the study, and the model that of the run
    const [study] = await api.call('studies.list', {})
    const detail = await api.call('studies.get', { study: study!.id })
    const [model] = await api.call('models.list', {})
    expect(detail).toMatchObject({ spec: { policy: { kind: 'saved', model: model!.hash } } })
    expect(model).toMatchObject({ provenance: { dataset: dataset.hash, run } })
    expect(await seriousFindings(page)).toEqual([])
    expect(app.problems).toEqual([])
  })
})
