import { AxeBuilder } from '@axe-core/playwright'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logCsv } from '#core/logAnalysis/logCsv'
import { syntheticBandit } from '../support/syntheticBandit.ts'
import { syntheticLog } from '../support/syntheticLog.ts'
import { openConsole, type Console } from './openConsole.ts'

/** A's items are clicked 1.6 times as often. */
const interleaved = [...logCsv(syntheticLog({ users: 300, listsPerUser: 6, lift: 1.6 }))].join('')

function decisions(): string {
  const { rounds, user, action, propensity, reward, context } = syntheticBandit(600, 1)
  const [feature] = context
  const lines = ['user,context_x,action,propensity,reward']
  for (let i = 0; i < rounds; i++) {
    const x = feature?.type === 'number' ? feature.values[i] : ''
    lines.push([user![i], x, 'wxyz'[action[i]!], propensity[i], reward[i]].join())
  }
  return `${lines.join('\n')}\n`
}

describe('a log, from a file to a report', () => {
  let app: Console
  beforeAll(async () => {
    app = await openConsole()
  })
  afterAll(() => app.close())

  async function imported(name: string, text: string): Promise<void> {
    const { page, go } = app
    await go('/data')
    const file = { name: `${name}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByLabel('Name of the dataset').fill(name)
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page
      .getByRole('link', { name: new RegExp(`Show ${name}|${name}`) })
      .first()
      .waitFor()
  }

  async function seriousFindings(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: app.page }).analyze()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  }

  it('gives a verdict, with its evidence, and saves the report', async () => {
    const { page } = app
    await imported('shop', interleaved)
    await page.getByRole('link', { name: 'Analyse', exact: true }).click()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByRole('heading', { name: 'Preference Δ over users' }).waitFor()
    expect(await page.locator('[data-test=sentence]').innerText()).toContain('A')
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'HTML', exact: true }).click()
    expect(await readFile(await (await saved).path(), 'utf8')).toContain('<html')
    const [study] = await app.api.call('studies.list', {})
    const detail = await app.api.call('studies.get', { study: study!.id })
    expect(detail).toMatchObject({ kind: 'logAnalysis', report: { verdict: { state: 'aBetter' } } })
    expect(await seriousFindings()).toEqual([])
  })

  it('shows what another policy would have earned, with the alarms', async () => {
    const { page } = app
    await imported('bandit', decisions())
    await page.getByRole('link', { name: 'Evaluate', exact: true }).click()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByRole('heading', { name: 'Clip sweep' }).waitFor()
    await page.getByRole('row', { name: /SNIPS/ }).first().waitFor()
    await page
      .getByRole('row', { name: /Effective sample size/ })
      .first()
      .waitFor()
    expect(await seriousFindings()).toEqual([])
    expect(app.problems).toEqual([])
  })
})
