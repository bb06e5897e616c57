import { cancelSource } from '#core/rpc/cancel'
import { listeners } from '#core/rpc/listeners'
import type { Wire } from '#core/rpc/wire'

/** A forked child as its parent sees it, or `process` as a forked child sees its parent. */
export interface NodeChannel {
  readonly connected: boolean
  send?(message: unknown, callback: (error: Error | null) => void): boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'disconnect', listener: () => void): unknown
}

/** Electron's UtilityProcess as its parent sees it. */
export interface UtilityChannel {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: () => void): unknown
}

/** `process.parentPort` as a utility process sees it; it ends with the process. */
export interface ParentPortChannel {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
}

/**
 * A wire over the channel of `child_process.fork`. Fork with `serialization: 'advanced'`, or typed
 * arrays arrive as plain objects.
 */
export function nodeWire(channel: NodeChannel): Wire {
  const messages = listeners<unknown>()
  const end = cancelSource()
  if (!channel.connected) end.abort()
  channel.on('message', messages.emit)
  channel.on('disconnect', end.abort)
  return {
    send: (message) => {
      // the peer may die between the check and the write; `disconnect` tells of it, not this error
      if (channel.connected) channel.send?.(message, () => undefined)
    },
    onMessage: messages.add,
    onClose: end.cancel.onAbort,
  }
}

/** The parent's wire to a utility process. */
export function utilityWire(child: UtilityChannel): Wire {
  const messages = listeners<unknown>()
  const end = cancelSource()
  child.on('message', messages.emit)
  child.on('exit', end.abort)
  return {
    send: (message) => {
      if (!end.cancel.aborted) child.postMessage(message)
    },
    onMessage: messages.add,
    onClose: end.cancel.onAbort,
  }
}

/** A utility process' wire to its parent. */
export function parentPortWire(port: ParentPortChannel): Wire {
  const messages = listeners<unknown>()
  port.on('message', ({ data }) => messages.emit(data))
  return {
    send: (message) => port.postMessage(message),
    onMessage: messages.add,
    onClose: () => () => undefined,
  }
}
