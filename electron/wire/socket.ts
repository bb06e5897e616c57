import { systemClock } from '../systemClock.ts'
import { socketWire } from '#core/rpc/socketWire'
import type { Wire } from '#core/rpc/wire'
import type { WebSocket } from 'ws'

/** The host's end of a browser tab's socket. */
export function hostSocketWire(socket: WebSocket): Wire {
  // without a listener, a broken frame would be an uncaught error; the close that follows says it all
  socket.on('error', () => undefined)
  return socketWire(socket, systemClock)
}
