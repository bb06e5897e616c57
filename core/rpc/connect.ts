import type { Cancel } from './cancel.ts'
import type { CallName, Contract, InputOf, ItemOf, OutputOf, StreamName } from './contract.ts'
import { ServerMessage, type ClientMessage } from './message.ts'
import { RpcError } from './rpcError.ts'
import { streamReader } from './streamReader.ts'
import type { Wire } from './wire.ts'

interface CallOptions {
  /** Aborting rejects at once with `CANCELLED` and tells the other side. */
  readonly signal?: Cancel
}

export interface StreamOptions {
  /** Aborting asks the other side to stop; the stream ends when it says that it has. */
  readonly signal?: Cancel
  /** Items under way before the reader takes them, 1 to 4096; 256 unless told. */
  readonly window?: number
}

/** The other side of a wire, typed by the contract. Every failure is an RpcError. */
export interface Client<C extends Contract> {
  call<K extends CallName<C>>(
    name: K,
    input: InputOf<C[K]>,
    options?: CallOptions,
  ): Promise<OutputOf<C[K]>>
  /**
   * Items as they come, in batches. The request goes out when iteration starts, once per iteration.
   * Leaving the loop (or calling `return()`) cancels it at once, without waiting for an answer.
   */
  stream<K extends StreamName<C>>(
    name: K,
    input: InputOf<C[K]>,
    options?: StreamOptions,
  ): AsyncIterable<readonly ItemOf<C[K]>[]>
}

/** Speaks the contract over a wire. The disposer of the client is the end of its wire. */
export function connect<C extends Contract>(contract: C, wire: Wire): Client<C> {
  const waiting = new Map<number, (message: ServerMessage) => void>()
  let lastId = 0
  let closed = false

  wire.onMessage((raw) => {
    const message = ServerMessage.safeParse(raw)
    if (message.success) waiting.get(message.data.id)?.(message.data)
  })
  wire.onClose(() => {
    closed = true
    for (const [id, answer] of [...waiting]) answer(closedMessage(id))
  })

  const send = (message: ClientMessage) => wire.send(message)

  function requireKind(name: string, kind: 'call' | 'stream'): void {
    if (!Object.hasOwn(contract, name) || contract[name]?.kind !== kind) {
      throw new RpcError('NOT_FOUND', `the contract has no ${kind} named ${name}`)
    }
  }

  function open(id: number, answer: (message: ServerMessage) => void, request: Request): void {
    if (closed) {
      answer(closedMessage(id))
      return
    }
    waiting.set(id, answer)
    try {
      send({ type: 'request', id, ...request })
    } catch (error) {
      waiting.delete(id)
      throw error
    }
  }

  function callOnce(name: string, input: unknown, signal: Cancel | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      requireKind(name, 'call')
      if (signal?.aborted) throw new RpcError('CANCELLED', `${name} was cancelled`)
      const id = ++lastId
      const offAbort = signal?.onAbort(() => {
        waiting.delete(id)
        send({ type: 'cancel', id })
        reject(new RpcError('CANCELLED', `${name} was cancelled`))
      })
      const answer = (message: ServerMessage) => {
        offAbort?.()
        waiting.delete(id)
        if (message.type === 'result') resolve(message.value)
        else if (message.type === 'error') reject(errorOf(message))
        else reject(new RpcError('INTERNAL', `${name} is a call, but a stream was answered`))
      }
      try {
        open(id, answer, { name, input })
      } catch (error) {
        offAbort?.()
        throw error
      }
    })
  }

  function openStream(
    name: string,
    input: unknown,
    options: StreamOptions,
  ): AsyncIterator<readonly unknown[]> {
    const id = ++lastId
    const reader = streamReader<unknown>({
      onTaken: (count) => send({ type: 'ack', id, count }),
      onLeft: () => {
        finish()
        send({ type: 'cancel', id })
      },
    })
    const offAbort = options.signal?.onAbort(() => {
      if (waiting.has(id)) send({ type: 'cancel', id })
    })
    const finish = () => {
      offAbort?.()
      waiting.delete(id)
    }
    if (options.signal?.aborted) {
      reader.end()
      return reader.iterator
    }
    const answer = (message: ServerMessage) => {
      if (message.type === 'batch') {
        reader.push(message.items)
        return
      }
      finish()
      if (message.type === 'end') reader.end()
      else if (message.type === 'error') reader.fail(errorOf(message))
      else reader.fail(new RpcError('INTERNAL', `${name} is a stream, but a call was answered`))
    }
    const { window } = options
    open(id, answer, { name, input, ...(window === undefined ? {} : { window }) })
    return reader.iterator
  }

  return {
    call: (name, input, options = {}) => callOnce(name, input, options.signal) as never,
    stream: (name, input, options = {}) => {
      requireKind(name, 'stream')
      return { [Symbol.asyncIterator]: () => openStream(name, input, options) as never }
    },
  }
}

type Request = Omit<Extract<ClientMessage, { type: 'request' }>, 'type' | 'id'>

function closedMessage(id: number): ServerMessage {
  return { type: 'error', id, code: 'CLOSED', message: 'the connection was closed', fields: [] }
}

function errorOf(message: Extract<ServerMessage, { type: 'error' }>): RpcError {
  return new RpcError(message.code, message.message, message.fields)
}
