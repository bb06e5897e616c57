import { contract } from '#core/contract'
import type { ReportFile } from '#core/contract/reports'
import type { DesktopBridge } from '#core/rpc/bridge'
import { connect, type Client } from '#core/rpc/connect'
import { listeners } from '#core/rpc/listeners'
import { RpcError } from '#core/rpc/rpcError'
import { socketWire, type BinarySocket } from '#core/rpc/socketWire'
import type { Wire } from '#core/rpc/wire'
import { pageClock } from './pageClock.ts'

let client: Client<typeof contract> | undefined
const lost = listeners<undefined>()

function host(): Client<typeof contract> {
  if (!client) throw new RpcError('CLOSED', 'the page is not connected to a host')
  return client
}

/** Everything the page may ask of the host. Every failure is an RpcError. */
export const api: Client<typeof contract> = {
  call: (name, input, options) => host().call(name, input, options),
  stream: (name, input, options) => host().stream(name, input, options),
}

/** Called once when the host is gone; nothing can be asked any more. @returns its disposer */
export const onHostLost = (listener: () => void): (() => void) => lost.add(listener)

/** Speaks over the given wire from now on. */
function attach(wire: Wire): void {
  client = connect(contract, wire)
  wire.onClose(() => lost.emit(undefined))
}

/**
 * Connects to the host: over the preload's bridge in the desktop app, else over a WebSocket to the
 * address that the page came from.
 * @throws Error when the socket can not be opened
 */
export async function openHost(): Promise<void> {
  attach(window.duelist ? bridgeWire(window.duelist) : await openSocket())
}

/**
 * Lets the user keep a file: by the system's dialog in the desktop app, as a download in a tab. With
 * the files that it shows it becomes one archive.
 * @returns false when the user closed the dialog; a tab is not told what becomes of a download
 */
export async function saveFile(file: ReportFile): Promise<boolean> {
  if (file.beside && file.beside.length > 0) {
    const { packed } = await import('./packed.ts')
    return saveFile(packed(file))
  }
  if (window.duelist) {
    const bytes = file.bytes ?? new TextEncoder().encode(file.text)
    return (await window.duelist.saveFile({ name: file.name, bytes })) === 'saved'
  }
  const url = URL.createObjectURL(
    new Blob([file.bytes ? new Uint8Array(file.bytes) : file.text], { type: file.mime }),
  )
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = file.name
  anchor.click()
  // the download has its own reference once the click has been handled
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
  return true
}

/** Commands of the desktop app's native menu; never any in a browser tab. @returns its disposer */
export function onMenu(listener: (command: string) => void): () => void {
  return window.duelist?.onMenu(listener) ?? (() => undefined)
}

function bridgeWire(bridge: DesktopBridge): Wire {
  return {
    send: bridge.send,
    onMessage: bridge.onMessage,
    onClose: () => () => undefined, // the wire ends with the page
  }
}

function openSocket(): Promise<Wire> {
  const address = new URL('/rpc', location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  address.hash = ''
  const socket = new WebSocket(address)
  // the DOM's types ask for an unshared buffer, which every encoded frame has
  const binary = socket as BinarySocket
  socket.binaryType = 'arraybuffer'
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(socketWire(binary, pageClock)), { once: true })
    const refuse = () => reject(new Error(`no connection to ${address.host}`))
    socket.addEventListener('error', refuse, { once: true })
    socket.addEventListener('close', refuse, { once: true }) // one that ends before it opened
  })
}
