import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions } from 'electron'
import { app } from './app.ts'
import { preventable } from './event.ts'
import { WebContents } from './webContents.ts'

const windows = new Set<BrowserWindow>()
let lastId = 0

export class BrowserWindow extends EventEmitter {
  readonly id = ++lastId
  readonly webContents: WebContents
  #visible: boolean
  #minimized = false
  #focused = 0

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    this.#visible = options.show !== false
    this.webContents = new WebContents(this.id, app.chromium, options.webPreferences ?? {})
    this.webContents.once('dom-ready', () => this.emit('ready-to-show'))
    this.webContents.once('destroyed', () => this.#closed())
    windows.add(this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows]
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }

  show(): void {
    this.#visible = true
  }

  isVisible(): boolean {
    return this.#visible
  }

  minimize(): void {
    this.#minimized = true
  }

  restore(): void {
    this.#minimized = false
  }

  isMinimized(): boolean {
    return this.#minimized
  }

  focus(): void {
    this.#focused += 1
  }

  isFocused(): boolean {
    return this.#focused > 0
  }

  isDestroyed(): boolean {
    return !windows.has(this)
  }

  close(): void {
    const event = preventable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.webContents.destroy()
  }

  #closed(): void {
    if (!windows.delete(this)) return
    this.emit('closed')
    if (windows.size === 0) app.lastWindowClosed()
  }
}
