import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { Wire } from '#core/rpc/wire'
import { PAGE_STARTED, RPC_CHANNEL } from '#electron/wire/channels'
import { ipcWires } from '#electron/wire/ipc'
import { rpcOver } from '../../core/rpc/contractSuite.ts'

/** The two ends that Electron gives: ipcMain with a window's contents, and ipcRenderer. */
function fakeIpc() {
  const ipc = new EventEmitter()
  const toPage = new EventEmitter()
  const contents = Object.assign(new EventEmitter(), {
    isDestroyed: () => false,
    send: (channel: string, message: unknown) => {
      const copy: unknown = structuredClone(message)
      setImmediate(() => toPage.emit(channel, copy))
    },
  })
  const fromPage = (message: unknown, sender: unknown = contents) => {
    const copy: unknown = structuredClone(message)
    setImmediate(() => ipc.emit(RPC_CHANNEL, { sender }, copy))
  }
  return { ipc, contents, toPage, fromPage }
}

function open(trusted: () => boolean = () => true) {
  const fake = fakeIpc()
  const wires: Wire[] = []
  const dispose = ipcWires(fake.ipc as never, fake.contents as never, trusted, (wire) =>
    wires.push(wire),
  )
  return { ...fake, wires, dispose }
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5))

rpcOver('ipc', async () => {
  const { contents, toPage, fromPage, wires } = open()
  fromPage(PAGE_STARTED)
  await turn()
  const onClose = new Set<() => void>()
  return {
    server: wires[0]!,
    client: {
      send: fromPage,
      onMessage: (listener) => {
        toPage.on(RPC_CHANNEL, listener)
        return () => toPage.off(RPC_CHANNEL, listener)
      },
      onClose: (listener) => {
        onClose.add(listener)
        return () => onClose.delete(listener)
      },
    },
    close: () => {
      contents.emit('render-process-gone')
      for (const listener of onClose) listener()
      onClose.clear()
    },
  }
})

describe('ipcWires', () => {
  it('drops what comes from other windows and from untrusted frames', async () => {
    let trust = true
    const { fromPage, wires } = open(() => trust)
    fromPage(PAGE_STARTED)
    await turn()
    const received: unknown[] = []
    wires[0]!.onMessage((message) => received.push(message))
    fromPage('mine')
    fromPage('foreign', {})
    await turn()
    trust = false
    fromPage('framed')
    await turn()
    expect(received).toEqual(['mine'])
  })

  it('hears nothing before the page has started', async () => {
    const { fromPage, wires } = open()
    fromPage({ type: 'request', id: 1, name: 'x' })
    await turn()
    expect(wires).toHaveLength(0)
  })

  it('closes the wire of a page that was reloaded and opens one for the next', async () => {
    const { fromPage, wires, toPage } = open()
    fromPage(PAGE_STARTED)
    await turn()
    let closed = 0
    wires[0]!.onClose(() => (closed += 1))
    fromPage(PAGE_STARTED)
    await turn()
    expect(closed).toBe(1)
    expect(wires).toHaveLength(2)
    const received: unknown[] = []
    toPage.on(RPC_CHANNEL, (message) => received.push(message))
    wires[0]!.send('late')
    wires[1]!.send('now')
    await turn()
    expect(received).toEqual(['now'])
  })

  it('stops listening with its window', async () => {
    const { ipc, contents, fromPage, wires } = open()
    fromPage(PAGE_STARTED)
    await turn()
    let closed = 0
    wires[0]!.onClose(() => (closed += 1))
    contents.emit('destroyed')
    expect(closed).toBe(1)
    expect(ipc.listenerCount(RPC_CHANNEL)).toBe(0)
  })
})
