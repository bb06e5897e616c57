import { cancelSource } from './cancel.ts'
import type { Clock } from './clock.ts'
import { decodeFrame, encodeFrame } from './frame.ts'
import { listeners } from './listeners.ts'
import type { Wire } from './wire.ts'

/** What the page's WebSocket and the host's have in common. */
export interface BinarySocket {
  binaryType: string
  readonly bufferedAmount: number
  readonly readyState: number
  send(frame: Uint8Array): void
  close(code: number, reason: string): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
}

const OPEN = 1
/** Bytes that may wait in the socket before streams pause. */
const HIGH_WATER = 1 << 20
const POLL_MS = 10
/** A close code for applications: the peer speaks something else. */
const NOT_A_FRAME = 4400

/**
 * A wire over an open WebSocket, binary frames only. It listens from here on, so make it in the same
 * turn in which the socket opened.
 * @throws Error when the socket is still connecting
 */
export function socketWire(socket: BinarySocket, clock: Clock): Wire {
  if (socket.readyState === 0) throw new Error('the socket is not open yet')
  socket.binaryType = 'arraybuffer'
  const messages = listeners<unknown>()
  const end = cancelSource()
  if (socket.readyState !== OPEN) end.abort()

  socket.addEventListener('close', end.abort)
  socket.addEventListener('message', ({ data }) => {
    const message = readFrame(data)
    if (message) messages.emit(message.value)
    else socket.close(NOT_A_FRAME, 'not a frame of this protocol')
  })

  return {
    send: (message) => {
      const frame = encodeFrame(message)
      if (socket.readyState === OPEN) socket.send(frame)
    },
    onMessage: messages.add,
    onClose: end.cancel.onAbort,
    async drained() {
      while (!end.cancel.aborted && socket.bufferedAmount > HIGH_WATER) {
        await new Promise<void>((resolve) => clock.later(POLL_MS, resolve))
      }
    },
  }
}

function readFrame(data: unknown): { readonly value: unknown } | undefined {
  if (!(data instanceof ArrayBuffer)) return undefined
  try {
    return { value: decodeFrame(data) }
  } catch {
    return undefined
  }
}
