import { cancelSource } from '#core/rpc/cancel'
import { listeners } from '#core/rpc/listeners'
import type { Wire } from '#core/rpc/wire'
import type { IpcMain, IpcMainEvent, WebContents } from 'electron'
import { PAGE_STARTED, RPC_CHANNEL } from './channels.ts'

/**
 * The wires of one window: a new one for each page that starts in it, since a reload is a new client.
 * Messages from senders that are not `trusted` are dropped.
 * @param onWire called with each new page's wire, before any of its messages
 * @returns its disposer, which closes the wire
 */
export function ipcWires(
  ipc: Pick<IpcMain, 'on' | 'off'>,
  contents: Pick<WebContents, 'send' | 'isDestroyed' | 'on'>,
  trusted: (event: IpcMainEvent) => boolean,
  onWire: (wire: Wire) => void,
): () => void {
  let page: { receive(message: unknown): void; close(): void } | undefined
  const closePage = () => {
    page?.close()
    page = undefined
  }

  const listen = (event: IpcMainEvent, message: unknown) => {
    if (event.sender !== contents || !trusted(event)) return
    if (message !== PAGE_STARTED) {
      page?.receive(message)
      return
    }
    closePage()
    const messages = listeners<unknown>()
    const end = cancelSource()
    page = { receive: messages.emit, close: end.abort }
    onWire({
      send: (reply) => {
        if (!end.cancel.aborted && !contents.isDestroyed()) contents.send(RPC_CHANNEL, reply)
      },
      onMessage: messages.add,
      onClose: end.cancel.onAbort,
    })
  }

  const dispose = () => {
    ipc.off(RPC_CHANNEL, listen)
    closePage()
  }
  ipc.on(RPC_CHANNEL, listen)
  contents.on('render-process-gone', closePage)
  contents.on('destroyed', dispose)
  return dispose
}
