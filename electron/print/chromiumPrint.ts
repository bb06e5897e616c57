import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { RpcError } from '#core/rpc/rpcError'
import { openDevtools } from './devtoolsPipe.ts'
import { printPage } from './printPage.ts'

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]
const places: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) =>
    ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map(
      (file) => join(process.env[name] ?? '', file),
    ),
  ),
}

/** A browser of this machine that can print: `DUELIST_CHROMIUM`, else an installed one, else null. */
function installedChromium(): string | null {
  const own = process.env['DUELIST_CHROMIUM']
  if (own) return own
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return [...onPath, ...(places[process.platform] ?? [])].find((path) => existsSync(path)) ?? null
}

/**
 * Prints with an installed Chromium's own pipeline, in a profile that is thrown away. None is ever
 * downloaded.
 * @throws RpcError `UNAVAILABLE` when there is none, saying what to do instead
 */
export async function chromiumPrint(html: string): Promise<Uint8Array> {
  const chromium = installedChromium()
  if (!chromium) {
    throw new RpcError(
      'UNAVAILABLE',
      'no Chromium, Chrome or Edge was found to print with; set DUELIST_CHROMIUM to one, or export the HTML, which prints well from any browser',
    )
  }
  const folder = await mkdtemp(join(tmpdir(), 'duelist-print-'))
  try {
    const page = join(folder, 'report.html')
    await writeFile(page, await printPage(html))
    return await printed(chromium, join(folder, 'profile'), pathToFileURL(page).href)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A page as a PDF, by the print command of the browser's own devtools protocol. */
async function printed(chromium: string, profile: string, address: string): Promise<Uint8Array> {
  const devtools = openDevtools(chromium, profile)
  try {
    const { targetId } = await devtools.ask('Target.createTarget', { url: 'about:blank' })
    const { sessionId } = await devtools.ask('Target.attachToTarget', { targetId, flatten: true })
    const session = String(sessionId)
    await devtools.ask('Page.enable', {}, session)
    const loaded = devtools.heard('Page.loadEventFired')
    await devtools.ask('Page.navigate', { url: address }, session)
    await loaded
    const expression = 'document.fonts.ready.then(() => true)'
    await devtools.ask('Runtime.evaluate', { expression, awaitPromise: true }, session)
    const options = { printBackground: true, preferCSSPageSize: true }
    const { data } = await devtools.ask('Page.printToPDF', options, session)
    return new Uint8Array(Buffer.from(String(data), 'base64'))
  } finally {
    await devtools.close()
  }
}
