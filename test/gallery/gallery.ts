import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '#electron/projectRoot'
import { en } from '#renderer/locales/en'
import { listed, places, runTabs } from '#renderer/places'
import { openConsole } from '../e2e/openConsole.ts'
import { smallPng } from './smallPng.ts'
import { fillWorkspace, type Shown } from './workspace.ts'

// Pictures of every page, in both themes, from real runs: `npm run gallery`. What `places` and `runTabs`
// list is in it, so a new page joins by being there.

const themes = ['light', 'dark'] as const
/** Milliseconds for charts and tables to arrive. */
const SETTLE = 1200

interface Picture {
  readonly name: string
  readonly title: string
  readonly route: string
}

const nav: Readonly<Record<string, string>> = en.nav
const tabs = en.run as Readonly<Record<string, string | object>>

function pictures(shown: Shown): readonly Picture[] {
  const { run, others, peekLab, validity, drift, report } = shown
  const runs = [run, ...others].join('.')
  /** Pages that show more when told what of. */
  const query: Readonly<Record<string, string>> = {
    compare: `?runs=${runs}`,
    peekLab: `?study=${peekLab}`,
    validity: `?study=${validity}`,
    drift: `?study=${drift}`,
  }
  const ofPlaces = places.flatMap((place) =>
    listed(place).map(({ name, path }) => ({
      name,
      title: nav[name] ?? name,
      route: path + (query[name] ?? ''),
    })),
  )
  // what a run may lack is in no picture
  const ofRun = runTabs
    .filter(({ name }) => name !== 'offPolicy')
    .map(({ name }) => ({
      name: `run-${name}`,
      title: `A run: ${typeof tabs[name] === 'string' ? tabs[name] : name}`,
      route: `/runs/${run}/${name}${name === 'impressions' ? '?i=7&step=3' : ''}`,
    }))
  return [
    ...ofPlaces,
    { name: 'setup', title: 'Setup', route: `/new?from=${run}` },
    ...ofRun,
    { name: 'report', title: 'A report in the editor', route: `/reports/${report}` },
  ]
}

const folder = join(projectRoot, 'docs', 'gallery')
const console_ = await openConsole({
  viewport: { width: 1440, height: 900 },
  reducedMotion: 'reduce',
})
try {
  const { page, api, go } = console_
  const all = pictures(await fillWorkspace(console_))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  let bytes = 0
  for (const theme of themes) {
    await api.call('settings.set', { theme, language: 'en' })
    for (const { name, route } of all) {
      await go(route)
      await page.reload()
      await page.locator('h1').first().waitFor()
      await page.waitForTimeout(SETTLE)
      const picture = smallPng(await page.screenshot())
      bytes += picture.length
      writeFileSync(join(folder, `${name}-${theme}.png`), picture)
    }
  }
  writeFileSync(join(folder, 'README.md'), index(all))
  const said =
    console_.problems.length > 0 ? `; the page wrote: ${console_.problems.join('; ')}` : ''
  console.info(`${all.length * themes.length} pictures, ${(bytes / 2 ** 20).toFixed(1)} MiB${said}`)
} finally {
  await console_.close()
}

function index(all: readonly Picture[]): string {
  const rows = all.map(({ name, title }) => {
    const cells = themes.map((theme) => `![${title}, ${theme}](${name}-${theme}.png)`)
    return `## ${title}\n\n| light | dark |\n| :-: | :-: |\n| ${cells.join(' | ')} |`
  })
  const intro =
    'Every page in both themes, drawn by the program itself from real runs on simulated traffic. `npm run gallery` makes them anew.'
  return `# Gallery\n\n${intro}\n\n${rows.join('\n\n')}\n`
}
