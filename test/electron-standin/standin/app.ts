import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from 'playwright-core'
import { chromiumFlags, chromiumPath } from '../../support/chromium.ts'
import { preventable } from './event.ts'
import { schemesReady } from './schemes.ts'
import { endUtilityProcesses } from './utilityProcess.ts'

const root = process.cwd()
const userData = process.env['STANDIN_USER_DATA'] ?? join(tmpdir(), 'duelist-standin')

class App extends EventEmitter {
  readonly isPackaged = false
  /** Not of Electron's API: the Chromium whose tabs are the windows. */
  readonly chromium: Promise<BrowserContext>
  /** Not of Electron's API: what a test may ask whether it was done. */
  readonly sandbox = { enabled: false, beforeReady: false }
  #ready = false
  #quitting = false
  readonly #windows = new Set<{ close(): void }>()

  constructor() {
    super()
    this.chromium = launch()
    void this.chromium.then(
      () => {
        this.#ready = true
        schemesReady()
        this.emit('ready', {})
        process.send?.({ ready: true })
      },
      (error: unknown) => {
        console.error('[stand-in] Chromium did not start:', error)
        process.exit(1)
      },
    )
    this.on('web-contents-created', (_event, contents: { destroy(): void }) =>
      this.#windows.add({ close: () => contents.destroy() }),
    )
  }

  whenReady(): Promise<void> {
    return this.chromium.then(() => undefined)
  }

  isReady(): boolean {
    return this.#ready
  }

  enableSandbox(): void {
    this.sandbox.enabled = true
    this.sandbox.beforeReady = !this.#ready
  }

  requestSingleInstanceLock(): boolean {
    return process.env['STANDIN_SECOND_INSTANCE'] !== '1'
  }

  getPath(name: string): string {
    return name === 'userData' ? userData : join(userData, name)
  }

  getLocale(): string {
    return process.env['STANDIN_LOCALE'] ?? 'en-US'
  }

  getVersion(): string {
    return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
      .version
  }

  /** Not of Electron's API. */
  lastWindowClosed(): void {
    if (this.#quitting) return
    if (!this.emit('window-all-closed')) this.quit()
  }

  quit(): void {
    const before = preventable({})
    this.emit('before-quit', before)
    if (before.defaultPrevented) return
    this.#quitting = true
    for (const window of this.#windows) window.close()
    const will = preventable({})
    this.emit('will-quit', will)
    if (!will.defaultPrevented) this.exit(0)
  }

  exit(code = 0): void {
    endUtilityProcesses()
    void this.chromium
      .then((context) => context.close())
      .catch(() => undefined)
      .then(() => process.exit(code))
  }
}

async function launch(): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(join(userData, 'chromium'), {
    executablePath: await chromiumPath(),
    headless: true,
    viewport: { width: 1440, height: 900 },
    args: [
      ...chromiumFlags(),
      '--block-new-web-contents', // the request is what counts; a window made and closed at once can crash the tab
      `--remote-debugging-port=${process.env['STANDIN_CDP_PORT'] ?? '0'}`,
    ],
  })
  // windows answer for themselves; nothing else loads anything
  await context.route('**/*', (route) => route.abort('blockedbyclient').catch(() => undefined))
  return context
}

export const app = new App()

// whoever started the app is gone: Chromium must not outlive the test
process.on('disconnect', () => app.exit(1))
