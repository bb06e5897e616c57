import type { Codec } from './codec.ts'
import type { Membrane, MembraneNames } from './membrane.ts'

/** What both worlds of one window are told. */
export interface WorldNames {
  readonly toMain: string
  readonly toIsolated: string
  /** The function that carries text out of the isolated world. */
  readonly binding: string
  /** The function that carries text into it. */
  readonly deliver: string
}

/** Between a window's isolated world and the main process. */
export type FromPage =
  | { readonly kind: 'send'; readonly channel: string; readonly values: readonly unknown[] }
  | {
      readonly kind: 'invoke'
      readonly id: number
      readonly channel: string
      readonly values: readonly unknown[]
    }
export type ToPage =
  | { readonly kind: 'event'; readonly channel: string; readonly values: readonly unknown[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly message: string }

type MakeMembrane = (
  names: MembraneNames,
  onExpose: (key: string, value: unknown) => void,
) => Membrane

/** Runs in the page's own world before any script of the page. Injected as text. */
export function bootMainWorld(names: WorldNames, makeMembrane: MakeMembrane): void {
  const freeze = (value: unknown): unknown => {
    if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value)) {
      Object.values(value).forEach(freeze)
      Object.freeze(value)
    }
    return value
  }
  makeMembrane({ send: names.toIsolated, receive: names.toMain }, (key, value) =>
    Object.defineProperty(window, key, {
      value: freeze(value),
      enumerable: true,
      configurable: false,
      writable: false,
    }),
  )
}

type Listener = (event: object, ...values: readonly unknown[]) => void
type Preload = (require: (name: string) => unknown, module: object, exports: object) => void

/** Runs in the isolated world: makes `electron` for a sandboxed preload and runs it. Injected as text. */
export function bootIsolatedWorld(
  names: WorldNames,
  makeCodec: () => Codec,
  makeMembrane: MakeMembrane,
  preload: Preload,
): void {
  const codec = makeCodec()
  const membrane = makeMembrane({ send: names.toMain, receive: names.toIsolated }, () => undefined)
  const globals = globalThis as unknown as Record<string, (text: string) => void>
  const binding = globals[names.binding]!
  const post = (message: FromPage) => binding(codec.stringify(message))
  const waiting = new Map<number, { resolve(v: unknown): void; reject(e: Error): void }>()
  const listeners = new Map<string, Listener[]>()
  let last = 0

  const ipcRenderer = {
    on(channel: string, listener: Listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    off(channel: string, listener: Listener) {
      const left = (listeners.get(channel) ?? []).filter((other) => other !== listener)
      listeners.set(channel, left)
      return ipcRenderer
    },
    send(channel: string, ...values: readonly unknown[]) {
      post({ kind: 'send', channel, values })
    },
    invoke(channel: string, ...values: readonly unknown[]) {
      return new Promise((resolve, reject) => {
        const id = ++last
        post({ kind: 'invoke', id, channel, values })
        waiting.set(id, { resolve, reject })
      })
    },
  }

  globals[names.deliver] = (text) => {
    const message = codec.parse(text) as ToPage
    if (message.kind === 'event') {
      for (const listener of listeners.get(message.channel) ?? []) {
        listener({ sender: ipcRenderer }, ...message.values)
      }
      return
    }
    const asker = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.kind === 'answer') asker?.resolve(message.value)
    else asker?.reject(new Error(message.message))
  }

  const contextBridge = {
    exposeInMainWorld: (key: string, value: unknown) => membrane.expose(key, value),
  }
  const require = (name: string) => {
    if (name === 'electron') return { ipcRenderer, contextBridge }
    throw new Error(`module not found: ${name} (a sandboxed preload has only electron)`)
  }
  preload(require, { exports: {} }, {})
}
