import { EventEmitter } from 'node:events'

type Handler = (event: object, ...values: readonly unknown[]) => unknown

class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    }
    this.#handlers.set(channel, handler)
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** Not of Electron's API: what an `invoke` of a page comes to. */
  answer(channel: string, event: object, values: readonly unknown[]): unknown {
    const handler = this.#handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    return handler(event, ...values)
  }
}

export const ipcMain = new IpcMain()
