import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { WebPreferences } from 'electron'
import type { BrowserContext, CDPSession, Page, Route } from 'playwright-core'
import { makeCodec } from '../inject/codec.ts'
import { makeMembrane } from '../inject/membrane.ts'
import {
  bootIsolatedWorld,
  bootMainWorld,
  type FromPage,
  type ToPage,
  type WorldNames,
} from '../inject/worlds.ts'
import { record } from './desktop.ts'
import { preventable } from './event.ts'
import { ipcMain } from './ipcMain.ts'
import { answerScheme, toReal, toVirtual } from './schemes.ts'
import { passesFilter } from './session.ts'

const ISOLATED_WORLD = 'Electron Isolated Context'
const LOCAL = /^(data|blob|about|devtools):/
const codec = makeCodec()

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' }

/** The page of one window: a tab of a real Chromium, steered over the DevTools protocol. */
export class WebContents extends EventEmitter {
  readonly id: number
  /** The same object as long as the window lives, as its identity is what an app compares. */
  readonly mainFrame: { readonly url: string; readonly parent: null }
  readonly #context: Promise<BrowserContext>
  readonly #preferences: WebPreferences
  readonly #names: WorldNames
  #page: Page | undefined
  #session: CDPSession | undefined
  #isolatedWorld: number | undefined
  #outgoing: Promise<unknown> = Promise.resolve()
  #loading: string | undefined
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  #destroyed = false
  readonly #opened: Promise<Page>

  constructor(id: number, context: Promise<BrowserContext>, preferences: WebPreferences) {
    super()
    refuseInsecure(preferences)
    this.id = id
    this.#context = context
    this.#preferences = preferences
    const secret = randomBytes(8).toString('hex')
    this.#names = {
      toMain: `m${secret}`,
      toIsolated: `i${secret}`,
      binding: `b${secret}`,
      deliver: `d${secret}`,
    }
    const url = () => this.getURL()
    this.mainFrame = {
      get url() {
        return url()
      },
      parent: null,
    }
    this.#opened = this.#open()
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#opened
    await this.#navigate(toReal(url), (real) => page.goto(real, { waitUntil: 'load' }))
  }

  reload(): void {
    // as in Electron, nobody is told of a reload that fails, by a page that crashes in it for one
    void this.#opened
      .then((page) => this.#navigate(page.url(), () => page.reload()))
      .catch(() => undefined)
  }

  getURL(): string {
    return toVirtual(this.#page?.url() ?? '')
  }

  send(channel: string, ...values: readonly unknown[]): void {
    this.#deliver({ kind: 'event', channel, values })
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  /** Not of Electron's API: the window has been closed. */
  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.emit('destroyed')
    void this.#page?.close().catch(() => undefined)
  }

  async #open(): Promise<Page> {
    const context = await this.#context
    const blank = context.pages().find((page) => page.url() === 'about:blank')
    const page = blank ?? (await context.newPage())
    const session = await context.newCDPSession(page)
    this.#page = page
    this.#session = session
    await this.#bootWorlds(session)
    page.on('domcontentloaded', () => this.emit('dom-ready'))
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 }))
    page.on('close', () => this.destroy())
    page.on('popup', (popup) => void popup.close().catch(() => undefined))
    await page.route('**/*', (route) =>
      // a page that went elsewhere or closed meanwhile has no use for its answer
      this.#answer(route).catch((error: unknown) => {
        if (!page.isClosed()) console.error('[stand-in]', error)
      }),
    )
    return page
  }

  async #bootWorlds(session: CDPSession): Promise<void> {
    const names = this.#names
    await session.send('Page.enable')
    const { frameTree } = await session.send('Page.getFrameTree')
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const frame = (context.auxData as { frameId?: string } | undefined)?.frameId
      const isolated = context.name === ISOLATED_WORLD && frame === frameTree.frame.id
      if (isolated) this.#isolatedWorld = context.id
    })
    session.on('Runtime.executionContextsCleared', () => (this.#isolatedWorld = undefined))
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === names.binding) void this.#receive(codec.parse(payload) as FromPage)
    })
    session.on('Page.windowOpen', ({ url }) => this.#askToOpen(toVirtual(url)))
    await session.send('Runtime.enable')
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${String(bootMainWorld)})(${JSON.stringify(names)},${String(makeMembrane)})`,
    })
    await session.send('Runtime.addBinding', {
      name: names.binding,
      executionContextName: ISOLATED_WORLD,
    })
    if (this.#preferences.preload === undefined) return
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: ISOLATED_WORLD,
      source: isolatedSource(names, this.#preferences.preload),
    })
  }

  #askToOpen(url: string): void {
    if (this.#openHandler({ url }).action === 'allow') {
      throw new Error(`a second window is not emulated (${url})`)
    }
  }

  async #navigate(real: string, go: (real: string) => Promise<unknown>): Promise<void> {
    this.#loading = real
    try {
      await go(real)
    } finally {
      this.#loading = undefined
    }
  }

  /** Every request of the page: the app's guards first, then its own scheme, then nothing. */
  async #answer(route: Route): Promise<void> {
    const request = route.request()
    const url = toVirtual(request.url())
    if (LOCAL.test(url)) return route.continue()
    if (request.isNavigationRequest() && !this.#mayNavigate(request.url(), url, route)) {
      return route.abort('aborted')
    }
    if (!(await passesFilter(url))) return this.#block(route, url)
    const asked = new Request(request.url(), { method: request.method() })
    const response = await answerScheme(asked, url)
    if (!response) return this.#block(route, url)
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  }

  #mayNavigate(real: string, url: string, route: Route): boolean {
    const isMainFrame = route.request().frame() === this.#page?.mainFrame()
    if (isMainFrame && this.#loading === real) return true // the main process asked for it
    const event = preventable({ url, isMainFrame })
    this.emit('will-frame-navigate', event)
    if (isMainFrame && !event.defaultPrevented) this.emit('will-navigate', event, url)
    return !event.defaultPrevented
  }

  #block(route: Route, url: string): Promise<void> {
    record.blockedRequests.push(url)
    return route.abort('blockedbyclient')
  }

  async #receive(message: FromPage): Promise<void> {
    const event = { sender: this, senderFrame: this.mainFrame }
    if (message.kind === 'send') {
      ipcMain.emit(message.channel, event, ...message.values)
      return
    }
    const { id, channel, values } = message
    try {
      this.#deliver({ kind: 'answer', id, value: await ipcMain.answer(channel, event, values) })
    } catch (error) {
      const text = `Error invoking remote method '${channel}': ${String(error)}`
      this.#deliver({ kind: 'refusal', id, message: text })
    }
  }

  /** In order, and dropped when the page has none of our worlds, as a page under way has not. */
  #deliver(message: ToPage): void {
    const text = codec.stringify(message)
    const deliver = async () => {
      if (this.#isolatedWorld === undefined || this.#destroyed) return
      await this.#session?.send('Runtime.callFunctionOn', {
        executionContextId: this.#isolatedWorld,
        functionDeclaration: `(text) => globalThis[${JSON.stringify(this.#names.deliver)}](text)`,
        arguments: [{ value: text }],
      })
    }
    this.#outgoing = this.#outgoing.then(deliver).catch(() => undefined)
  }
}

/** A window that Electron would leave open to its page is not opened here at all. */
function refuseInsecure(preferences: WebPreferences): void {
  const required: WebPreferences = { sandbox: true, contextIsolation: true, nodeIntegration: false }
  for (const [name, value] of Object.entries(required)) {
    if (preferences[name as keyof WebPreferences] === value) continue
    throw new Error(`webPreferences.${name} has to be ${String(value)}, and said so`)
  }
  const forbidden: WebPreferences = {
    webSecurity: false,
    webviewTag: true,
    experimentalFeatures: true,
  }
  for (const [name, value] of Object.entries(forbidden)) {
    if (preferences[name as keyof WebPreferences] !== value) continue
    throw new Error(`webPreferences.${name} may not be ${String(value)}`)
  }
}

function isolatedSource(names: WorldNames, preload: string): string {
  const code = readFileSync(preload, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '')
  const wrapped = `function (require, module, exports) {${code}\n}`
  const parts = [JSON.stringify(names), String(makeCodec), String(makeMembrane), wrapped]
  return [
    `if (window === top) (${String(bootIsolatedWorld)})(${parts.join(',')})`,
    `//# sourceURL=${pathToFileURL(preload).href}`,
  ].join('\n')
}
