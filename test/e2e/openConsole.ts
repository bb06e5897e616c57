import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { contract } from '#core/contract'
import { connect, type Client } from '#core/rpc/connect'
import { createHost } from '#electron/host'
import { projectRoot } from '#electron/projectRoot'
import { serveWeb } from '#electron/web'
import { wirePair } from '#electron/wire/pair'
import { forkWorker } from '#electron/worker/fork'
import { moodyWire, type Mood } from '../support/moodyWire.ts'
import { launchChromium } from '../support/chromium.ts'
import { prepareBuild } from '../support/prepareBuild.ts'

export interface Console {
  readonly page: Page
  /** Another client of the same host. */
  readonly api: Client<typeof contract>
  /** Everything that the page wrote as an error, or threw. */
  readonly problems: readonly string[]
  /** Goes to a route of the page: '/data'. */
  readonly go: (route: string) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * The real page in Chromium over the real browser mode, on a fresh workspace.
 * @param fill writes into the workspace before the host opens it
 * @param mood what becomes of a question of the page
 */
export async function openConsole(
  options: BrowserContextOptions = {},
  fill: (workspace: string) => Promise<void> = () => Promise.resolve(),
  mood: (name: string) => Mood | Promise<Mood> = () => 'answer',
): Promise<Console> {
  const folder = mkdtempSync(join(tmpdir(), 'duelist-e2e-'))
  await prepareBuild()
  const rendererDir = join(projectRoot, 'dist', 'renderer')
  const workspace = join(folder, 'workspace.duelist')
  await fill(workspace)
  const host = await createHost({ workspace, fork: forkWorker, now: Date.now })
  const moody: Pick<typeof host, 'serve'> = {
    serve: (wire, client) => host.serve(moodyWire(wire, mood), client),
  }
  const server = await serveWeb({ host: moody, rendererDir, log: () => undefined })
  const pair = wirePair()
  host.serve(pair.right, { kind: 'cli' })

  const browser = await launchChromium()
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    acceptDownloads: true,
    ...options,
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  await page.goto(server.url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  const origin = new URL(page.url()).origin

  return {
    page,
    api: connect(contract, pair.left),
    problems,
    async go(route) {
      await page.goto(`${origin}/#${route}`)
    },
    async close() {
      await browser.close()
      await server.close()
      pair.close()
      await host.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
