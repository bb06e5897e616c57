import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { cancelSource } from '#core/rpc/cancel'
import { connect, type Client } from '#core/rpc/connect'
import { call, stream } from '#core/rpc/contract'
import { RpcError } from '#core/rpc/rpcError'
import { serve, type Handlers } from '#core/rpc/serve'
import type { Wire } from '#core/rpc/wire'
import { systemClock } from '#electron/systemClock'

/** A wire between two ends, as one kind of carrier makes it. */
export interface Link {
  readonly client: Wire
  readonly server: Wire
  /** Ends the carrier, as a crash or a closed tab would. */
  close(): void | Promise<void>
}

const typedArrays = z.object({
  float64: z.instanceof(Float64Array),
  float32: z.instanceof(Float32Array),
  int32: z.instanceof(Int32Array),
  uint8: z.instanceof(Uint8Array),
})

const contract = {
  add: call(z.object({ a: z.number(), b: z.number().default(1) }), z.number()),
  nested: call(z.object({ arms: z.array(z.object({ share: z.number().max(1) })) }), z.null()),
  columns: call(typedArrays, typedArrays),
  optional: call(
    z.object({ note: z.string().optional() }),
    z.object({ note: z.string().optional() }),
  ),
  same: call(z.unknown(), z.unknown()),
  nothing: call(z.undefined(), z.undefined()),
  fail: call(z.enum(['domain', 'crash', 'output']), z.number()),
  wait: call(z.null(), z.number()),
  count: stream(z.object({ to: z.number(), failAt: z.number().optional() }), z.number()),
  trickle: stream(z.null(), z.string()),
  hold: stream(z.null(), z.string()),
} as const

interface World {
  readonly client: Client<typeof contract>
  readonly link: Link
  /** What the handlers have seen. */
  readonly seen: { made: number; closed: number; aborted: number; errors: string[] }
}

/** The behaviour that calls and streams have over every kind of wire. */
export function rpcOver(kind: string, makeLink: () => Link | Promise<Link>): void {
  const start = async (): Promise<World> => {
    const link = await makeLink()
    onTestFinished(async () => {
      await link.close()
    })
    const seen: World['seen'] = { made: 0, closed: 0, aborted: 0, errors: [] }
    serve(contract, handlersFor(seen), link.server, {
      clock: systemClock,
      strict: true,
      onError: (error, name) => void seen.errors.push(`${name}: ${String(error)}`),
    })
    return { client: connect(contract, link.client), link, seen }
  }

  describe(`rpc over ${kind}`, () => {
    it('answers a call and fills in defaults', async () => {
      const { client } = await start()
      expect(await client.call('add', { a: 2, b: 3 })).toBe(5)
      expect(await client.call('add', { a: 2 })).toBe(3)
    })

    it('answers many calls at once, each to its own caller', async () => {
      const { client } = await start()
      const sums = await Promise.all(
        Array.from({ length: 200 }, (_, a) => client.call('add', { a, b: a })),
      )
      expect(sums).toEqual(Array.from({ length: 200 }, (_, a) => 2 * a))
    })

    it('keeps typed arrays, NaN and the infinities', async () => {
      const { client } = await start()
      const sent = {
        float64: new Float64Array([NaN, Infinity, -Infinity, 1e-300]),
        float32: new Float32Array([0.5, NaN]),
        int32: new Int32Array([-1, 2 ** 31 - 1]),
        uint8: new Uint8Array([0, 255]),
      }
      const received = await client.call('columns', sent)
      for (const [name, column] of Object.entries(sent)) {
        const back = received[name as keyof typeof sent]
        expect(back.constructor).toBe(column.constructor)
        expect([...back]).toEqual([...column])
      }
      expect(await client.call('same', [NaN, -Infinity, 2 ** 53])).toEqual([
        NaN,
        -Infinity,
        2 ** 53,
      ])
    })

    it('keeps what is not there not there', async () => {
      const { client } = await start()
      expect(await client.call('optional', {})).toEqual({})
      await expect(client.call('nothing', undefined)).resolves.toBeUndefined()
    })

    it('refuses bad input with the path of each field', async () => {
      const { client, seen } = await start()
      const bad = client.call('nested', { arms: [{ share: 0.5 }, { share: 2 }] })
      const error = await bad.catch((reason: unknown) => reason as RpcError)
      expect(error).toBeInstanceOf(RpcError)
      expect(error).toMatchObject({ code: 'BAD_INPUT', fields: [{ path: 'arms.1.share' }] })
      expect(seen.errors).toEqual([])
    })

    it('does not know inherited names', async () => {
      const { link } = await start()
      const loose = connect(
        { toString: call(z.null(), z.null()) } as never,
        link.client,
      ) as Client<{
        toString: (typeof contract)['wait']
      }>
      await expect(loose.call('toString', null)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    it('passes on domain codes and turns every other throw into INTERNAL', async () => {
      const { client, seen } = await start()
      await expect(client.call('fail', 'domain')).rejects.toMatchObject({
        code: 'SPEC_LOCKED',
        message: 'run 7 has started',
        fields: [{ path: 'alpha', message: 'is locked' }],
      })
      expect(seen.errors).toEqual([])
      await expect(client.call('fail', 'crash')).rejects.toMatchObject({
        code: 'INTERNAL',
        message: 'disk is full',
      })
      await expect(client.call('fail', 'output')).rejects.toMatchObject({ code: 'INTERNAL' })
      expect(seen.errors).toHaveLength(2)
      expect(seen.errors[1]).toContain('fail answered what its contract does not allow')
    })

    it('survives messages that are none', async () => {
      const { client, link } = await start()
      const hostile = [
        null,
        'text',
        42,
        [],
        {},
        { type: 'request' },
        { type: 'request', id: -1, name: 'add', input: {} },
        { type: 'request', id: 1e9, name: 7, input: {} },
        { type: 'ack', id: 1e9, count: Infinity },
        { type: 'ack', id: 1e9, count: 5 },
        { type: 'cancel', id: {} },
        { type: 'result', id: 1e9, value: 1 },
      ]
      for (const message of hostile) {
        link.client.send(message)
        link.server.send(message)
      }
      expect(await client.call('add', { a: 1 })).toBe(2)
    })

    it('cancels a call', async () => {
      const { client, seen } = await start()
      const { cancel, abort } = cancelSource()
      const pending = client.call('wait', null, { signal: cancel })
      const refused = expect(pending).rejects.toMatchObject({ code: 'CANCELLED' })
      await until(() => seen.made === 1)
      abort()
      await refused
      await until(() => seen.aborted === 1)
      await expect(client.call('wait', null, { signal: cancel })).rejects.toMatchObject({
        code: 'CANCELLED',
      })
    })

    it('streams every item once and in order', async () => {
      const { client, seen } = await start()
      const items = await readAll(client.stream('count', { to: 5000 }))
      expect(items).toEqual(Array.from({ length: 5000 }, (_, i) => i))
      expect(seen.closed).toBe(1)
    })

    it('sends at most 64 items in a batch', async () => {
      const { client } = await start()
      const sizes: number[] = []
      for await (const batch of client.stream('count', { to: 200 })) sizes.push(batch.length)
      expect(sizes).toEqual([64, 64, 64, 8])
    })

    it('flushes the tail of a stream that pauses', async () => {
      const { client } = await start()
      const reader = client.stream('trickle', null)[Symbol.asyncIterator]()
      expect(await reader.next()).toEqual({ done: false, value: ['first'] })
      await reader.return?.()
    })

    it('stops a producer whose reader is slow', async () => {
      const { client, seen } = await start()
      const reader = client.stream('count', { to: 1e6 }, { window: 128 })[Symbol.asyncIterator]()
      await reader.next()
      await settle()
      // the window, the credit of the one batch that was read, and one batch that waits
      expect(seen.made).toBeLessThanOrEqual(128 + 64 + 64)
      const before = seen.made
      await reader.next()
      await until(() => seen.made > before)
      await reader.return?.()
      await until(() => seen.closed === 1)
    })

    it('delivers under a window of one', async () => {
      const { client } = await start()
      const items = await readAll(client.stream('count', { to: 20 }, { window: 1 }))
      expect(items).toHaveLength(20)
    })

    it('delivers what came before an error, then the error', async () => {
      const { client } = await start()
      const got: number[] = []
      const reading = (async () => {
        for await (const batch of client.stream('count', { to: 100, failAt: 70 }))
          got.push(...batch)
      })()
      await expect(reading).rejects.toMatchObject({ code: 'INTERNAL', message: 'no 70' })
      expect(got).toEqual(Array.from({ length: 64 }, (_, i) => i))
    })

    it('closes the source when the reader leaves its loop', async () => {
      const { client, seen } = await start()
      for await (const batch of client.stream('count', { to: 1e6 })) {
        if (batch.length > 0) break
      }
      await until(() => seen.closed === 1)
      expect(await client.call('add', { a: 1 })).toBe(2)
    })

    it('lets a waiting reader leave at once', async () => {
      const { client, seen } = await start()
      const reader = client.stream('hold', null)[Symbol.asyncIterator]()
      const next = reader.next()
      await until(() => seen.made === 1)
      expect(await reader.return?.()).toEqual({ done: true, value: undefined })
      expect(await next).toEqual({ done: true, value: undefined })
      await until(() => seen.aborted === 1)
    })

    it('ends an aborted stream when the handler has stopped, with its last item', async () => {
      const { client, seen } = await start()
      const { cancel, abort } = cancelSource()
      const reading = readAll(client.stream('hold', null, { signal: cancel }))
      await until(() => seen.made === 1)
      abort()
      expect(await reading).toEqual(['last words'])
      expect(seen.closed).toBe(1)
      expect(await readAll(client.stream('hold', null, { signal: cancel }))).toEqual([])
    })

    it('rejects calls, fails streams and aborts handlers when the wire closes', async () => {
      const { client, link, seen } = await start()
      const pending = expect(client.call('wait', null)).rejects.toMatchObject({ code: 'CLOSED' })
      const reading = expect(readAll(client.stream('hold', null))).rejects.toMatchObject({
        code: 'CLOSED',
      })
      await until(() => seen.made === 2)
      await link.close()
      await pending
      await reading
      await until(() => seen.aborted === 2)
      await expect(client.call('add', { a: 1 })).rejects.toMatchObject({ code: 'CLOSED' })
      await expect(readAll(client.stream('count', { to: 1 }))).rejects.toMatchObject({
        code: 'CLOSED',
      })
    })
  })
}

function handlersFor(seen: World['seen']): Handlers<typeof contract> {
  return {
    add: ({ a, b }) => a + b,
    nested: () => null,
    columns: (columns) => columns,
    optional: (input) => input,
    same: (value) => value,
    nothing: () => undefined,
    fail: (how) => {
      if (how === 'domain') {
        throw new RpcError('SPEC_LOCKED', 'run 7 has started', [
          { path: 'alpha', message: 'is locked' },
        ])
      }
      if (how === 'crash') throw new Error('disk is full')
      return 'no number' as never
    },
    wait: (_, cancel) => {
      seen.made += 1
      return new Promise((resolve) =>
        cancel.onAbort(() => {
          seen.aborted += 1
          resolve(0)
        }),
      )
    },
    async *count({ to, failAt }) {
      try {
        for (let i = 0; i < to; i++) {
          if (i === failAt) throw new Error(`no ${String(i)}`)
          seen.made += 1
          yield i
          await Promise.resolve()
        }
      } finally {
        seen.closed += 1
      }
    },
    async *trickle(_, cancel) {
      yield 'first'
      await new Promise<void>((resolve) => cancel.onAbort(resolve))
    },
    async *hold(_, cancel) {
      seen.made += 1
      await new Promise<void>((resolve) => cancel.onAbort(resolve))
      seen.aborted += 1
      try {
        yield 'last words'
      } finally {
        seen.closed += 1
      }
    },
  }
}

async function readAll<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = []
  for await (const batch of batches) items.push(...batch)
  return items
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5000
  while (!condition()) {
    if (Date.now() > end) throw new Error('the awaited state did not come within 5 s')
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** Long enough for every timer and message under way. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 120))
