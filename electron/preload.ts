import type { DesktopBridge } from '#core/rpc/bridge'
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { MENU_CHANNEL, PAGE_STARTED, RPC_CHANNEL, SAVE_CHANNEL } from './wire/channels.ts'

/** The page gets what was sent and never the event, whose sender would lead it back to ipc. */
function listen(channel: string, listener: (message: never) => void): () => void {
  const hear = (_: IpcRendererEvent, message: unknown) => listener(message as never)
  ipcRenderer.on(channel, hear)
  return () => void ipcRenderer.off(channel, hear)
}

const bridge: DesktopBridge = {
  kind: 'electron',
  send: (message) => ipcRenderer.send(RPC_CHANNEL, message),
  onMessage: (listener) => listen(RPC_CHANNEL, listener),
  saveFile: (file) => ipcRenderer.invoke(SAVE_CHANNEL, file),
  onMenu: (listener) => listen(MENU_CHANNEL, listener),
}

contextBridge.exposeInMainWorld('duelist', bridge)
ipcRenderer.send(RPC_CHANNEL, PAGE_STARTED)
