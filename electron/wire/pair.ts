import { cancelSource } from '#core/rpc/cancel'
import { listeners } from '#core/rpc/listeners'
import type { Wire } from '#core/rpc/wire'

/** Both ends of a wire inside one process. */
export interface WirePair {
  readonly left: Wire
  readonly right: Wire
  /** Closes both ends. */
  readonly close: () => void
}

/**
 * Messages are copied as between processes and arrive in a later microtask, so that code which runs
 * over a pair has met what it will meet over ipc.
 */
export function wirePair(): WirePair {
  const end = cancelSource()
  const toLeft = listeners<unknown>()
  const toRight = listeners<unknown>()
  const side = (inbound: typeof toLeft, outbound: typeof toLeft): Wire => ({
    send: (message) => {
      const copy: unknown = structuredClone(message)
      if (end.cancel.aborted) return
      queueMicrotask(() => {
        if (!end.cancel.aborted) outbound.emit(copy)
      })
    },
    onMessage: inbound.add,
    onClose: end.cancel.onAbort,
  })
  return { left: side(toLeft, toRight), right: side(toRight, toLeft), close: end.abort }
}
