import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { encodeFrame } from '#core/rpc/frame'
import { socketWire } from '#core/rpc/socketWire'
import { systemClock } from '#electron/systemClock'
import { hostSocketWire } from '#electron/wire/socket'
import { rpcOver } from '../../core/rpc/contractSuite.ts'

const servers: WebSocketServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const socket of server.clients) socket.terminate()
    server.close()
  }
})

async function socketPair(): Promise<{ near: WebSocket; far: WebSocket }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  servers.push(server)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const near = new WebSocket(`ws://127.0.0.1:${String(port)}`)
  const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'open')])) as [
    [WebSocket],
    unknown,
  ]
  return { near, far }
}

rpcOver('a socket', async () => {
  const { near, far } = await socketPair()
  return {
    client: socketWire(near, systemClock),
    server: hostSocketWire(far),
    close: () => near.terminate(),
  }
})

describe('socketWire', () => {
  it('closes on a peer that sends anything but frames', async () => {
    for (const junk of ['text', Buffer.from([0xc1]), Buffer.from([0x92, 0x01])]) {
      const { near, far } = await socketPair()
      const wire = hostSocketWire(far)
      const closed = new Promise<void>((resolve) => wire.onClose(resolve))
      near.send(junk)
      const [code] = (await once(near, 'close')) as [number]
      await closed
      expect(code).toBe(4400)
    }
  })

  it('is drained only when its peer has read', async () => {
    const { near, far } = await socketPair()
    const wire = socketWire(near, systemClock)
    far.pause()
    const megabyte = new Uint8Array(1 << 20)
    for (let i = 0; i < 16; i++) wire.send(megabyte)
    let drained = false
    const waiting = wire.drained?.().then(() => (drained = true))
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(near.bufferedAmount).toBeGreaterThan(1 << 20)
    expect(drained).toBe(false)
    far.resume()
    await waiting
    expect(near.bufferedAmount).toBeLessThanOrEqual(1 << 20)
  })

  it('does not wait for a socket that is gone, and sends nothing into it', async () => {
    const { near, far } = await socketPair()
    const wire = socketWire(near, systemClock)
    far.pause()
    for (let i = 0; i < 16; i++) wire.send(new Uint8Array(1 << 20))
    const waiting = wire.drained?.()
    near.terminate()
    await waiting
    wire.send({ after: 'the end' })
    expect(near.readyState).toBe(WebSocket.CLOSED)
  })

  it('refuses a socket that is still connecting', async () => {
    const { near } = await socketPair()
    const early = new WebSocket(near.url)
    expect(() => socketWire(early, systemClock)).toThrow('not open yet')
    await once(early, 'open')
  })

  it('throws at the sender for what has no encoding', async () => {
    const { near } = await socketPair()
    expect(() => socketWire(near, systemClock).send({ f: () => 1 })).toThrow('Unrecognized object')
    expect(encodeFrame({ a: undefined })).toEqual(encodeFrame({}))
  })
})
