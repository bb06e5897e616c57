import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Wire } from '#core/rpc/wire'
import { nodeWire, parentPortWire, utilityWire } from '#electron/wire/process'
import { rpcOver } from '../../core/rpc/contractSuite.ts'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function forkEcho(): ChildProcess {
  const child = fork(join(import.meta.dirname, 'echoChild.ts'), { serialization: 'advanced' })
  children.push(child)
  return child
}

const nextMessage = (wire: Wire) => new Promise((resolve) => wire.onMessage(resolve))

describe('nodeWire', () => {
  it('carries typed arrays to a child process and back', async () => {
    const wire = nodeWire(forkEcho())
    const reply = nextMessage(wire)
    wire.send(new Float64Array([1, NaN]))
    expect(await reply).toEqual({ echoed: new Float64Array([1, NaN]) })
  })

  it('closes when the child dies, and sends quietly afterwards', async () => {
    const child = forkEcho()
    const wire = nodeWire(child)
    const closed = new Promise<void>((resolve) => wire.onClose(resolve))
    wire.send('die')
    await closed
    wire.send('too late')
    await once(child, 'exit')
    wire.send('much too late')
    expect(nodeWire(child)).toSatisfy((late: Wire) => {
      let said = false
      late.onClose(() => (said = true))
      return said
    })
  })
})

/** The two ends that Electron's utilityProcess gives. */
function utilityLink() {
  const childEvents = new EventEmitter()
  const portEvents = new EventEmitter()
  const child = Object.assign(childEvents, {
    postMessage: (message: unknown) => {
      const data: unknown = structuredClone(message)
      setImmediate(() => portEvents.emit('message', { data }))
    },
  })
  const port = Object.assign(portEvents, {
    postMessage: (message: unknown) => {
      const copy: unknown = structuredClone(message)
      setImmediate(() => childEvents.emit('message', copy))
    },
  })
  return { child, port }
}

rpcOver('the channel of a utility process', () => {
  const { child, port } = utilityLink()
  const server = parentPortWire(port)
  const gone = new Set<() => void>()
  return {
    client: utilityWire(child),
    // the process itself ends with its wire, which a test in one process has to say for it
    server: {
      ...server,
      onClose: (listener) => {
        gone.add(listener)
        return () => gone.delete(listener)
      },
    },
    close: () => {
      child.emit('exit', 9)
      for (const listener of gone) listener()
      gone.clear()
    },
  }
})
