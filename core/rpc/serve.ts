import { z } from 'zod'
import { Batcher } from './batcher.ts'
import { cancelSource, type Cancel } from './cancel.ts'
import type { Clock } from './clock.ts'
import type {
  CallDefinition,
  Contract,
  ItemOf,
  OutputOf,
  ParsedInputOf,
  StreamDefinition,
} from './contract.ts'
import { ClientMessage, type ServerMessage } from './message.ts'
import { RpcError } from './rpcError.ts'
import type { Wire } from './wire.ts'

/**
 * One function per entry of the contract. A stream handler that waits must watch `cancel`: after an
 * abort, the item in the making is still delivered, then the source is closed (`return()`).
 */
export type Handlers<C extends Contract> = {
  readonly [K in keyof C]: C[K]['kind'] extends 'stream'
    ? (input: ParsedInputOf<C[K]>, cancel: Cancel) => AsyncIterable<ItemOf<C[K]>>
    : (input: ParsedInputOf<C[K]>, cancel: Cancel) => Promise<OutputOf<C[K]>> | OutputOf<C[K]>
}

export interface ServeOptions {
  readonly clock: Clock
  /** Also parses every stream item, which costs more than sending it: for tests. */
  readonly strict?: boolean
  /** Told about what a handler threw, other than an RpcError. */
  readonly onError?: (error: unknown, name: string) => void
  /** An error of the machine in words for who asked; null for any other. */
  readonly explain?: (error: unknown) => RpcError | null
}

const DEFAULT_WINDOW = 256

/**
 * Answers the requests that come over a wire. Inputs and the outputs of calls are parsed by the
 * contract; a message that is none is ignored, since nobody waits for its answer. When the wire
 * closes, everything under way is aborted.
 * @returns its disposer, which aborts as well and leaves the wire open
 */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  wire: Wire,
  options: ServeOptions,
): () => void {
  const live = new Map<number, LiveRequest>()

  async function answer(request: ClientRequest, entry: LiveRequest): Promise<void> {
    const { id, name } = request
    try {
      const definition = Object.hasOwn(contract, name) ? contract[name] : undefined
      if (!definition) throw new RpcError('NOT_FOUND', `there is no call or stream named ${name}`)
      const input = parseInput(definition.input, request.input)
      const handler = handlers[name] as AnyHandler
      if (definition.kind === 'call') {
        const value = await handler(input, entry.cancel)
        answerCall(request, definition, value)
      } else {
        const source = handler(input, entry.cancel) as AsyncIterable<unknown>
        await answerStream(request, definition, source, entry)
      }
    } catch (error) {
      if (!(error instanceof RpcError)) options.onError?.(error, name)
      wire.send(errorMessage(id, options.explain?.(error) ?? error))
    } finally {
      live.delete(id)
    }
  }

  function answerCall(request: ClientRequest, definition: AnyCall, value: unknown): void {
    const output = parseOutput(request.name, definition.output, value)
    send({ type: 'result', id: request.id, value: output })
  }

  async function answerStream(
    request: ClientRequest,
    definition: AnyStream,
    source: AsyncIterable<unknown>,
    entry: LiveRequest,
  ): Promise<void> {
    const batcher = new Batcher({
      window: request.window ?? DEFAULT_WINDOW,
      clock: options.clock,
      cancel: entry.cancel,
      send: (items) => send({ type: 'batch', id: request.id, items: [...items] }),
      drained: wire.drained && (() => wire.drained?.() ?? Promise.resolve()),
      onFailure: entry.abort,
    })
    entry.acknowledge = (count) => batcher.acknowledge(count)
    try {
      for await (const item of source) {
        batcher.push(options.strict ? parseOutput(request.name, definition.item, item) : item)
        const wait = batcher.room()
        if (wait) await wait
        if (entry.cancel.aborted) break
      }
      await batcher.finish()
    } finally {
      batcher.dispose()
    }
    send({ type: 'end', id: request.id })
  }

  function send(message: ServerMessage): void {
    wire.send(message)
  }

  const offMessage = wire.onMessage((raw) => {
    const parsed = ClientMessage.safeParse(raw)
    if (!parsed.success) return
    const message = parsed.data
    const entry = live.get(message.id)
    if (message.type === 'cancel') entry?.abort()
    else if (message.type === 'ack') entry?.acknowledge(message.count)
    else if (!entry) {
      const started: LiveRequest = { ...cancelSource(), acknowledge: () => undefined }
      live.set(message.id, started)
      void answer(message, started)
    }
  })
  const offClose = wire.onClose(stop)

  function stop(): void {
    offMessage()
    for (const entry of [...live.values()]) entry.abort()
    live.clear()
  }

  return () => {
    offClose()
    stop()
  }
}

type AnyCall = CallDefinition<z.ZodType, z.ZodType>
type AnyStream = StreamDefinition<z.ZodType, z.ZodType>
type AnyHandler = (input: unknown, cancel: Cancel) => unknown
type ClientRequest = Extract<ClientMessage, { type: 'request' }>

interface LiveRequest {
  readonly cancel: Cancel
  readonly abort: () => void
  acknowledge: (count: number) => void
}

function parseInput(schema: z.ZodType, input: unknown): unknown {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map(({ path, message }) => ({
    path: path.map(String).join('.'),
    message,
  }))
  throw new RpcError('BAD_INPUT', z.prettifyError(parsed.error), fields)
}

function parseOutput(name: string, schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new Error(
    `${name} answered what its contract does not allow: ${z.prettifyError(parsed.error)}`,
  )
}

function errorMessage(id: number, error: unknown): ServerMessage {
  if (error instanceof RpcError) {
    const { code, message, fields } = error
    return { type: 'error', id, code, message, fields: [...fields] }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { type: 'error', id, code: 'INTERNAL', message, fields: [] }
}
