import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Clock } from '#core/rpc/clock'
import { connect } from '#core/rpc/connect'
import { call, stream } from '#core/rpc/contract'
import { serve, type Handlers } from '#core/rpc/serve'
import type { Wire } from '#core/rpc/wire'
import { wirePair } from '#electron/wire/pair'

const contract = {
  ask: call(z.null(), z.object({ answer: z.number() })),
  items: stream(z.null(), z.unknown()),
} as const

/** A clock that only a test moves. */
function handClock() {
  const timers = new Set<{ at: number; f: () => void }>()
  let now = 0
  const clock: Clock = {
    now: () => now,
    later: (milliseconds, f) => {
      const timer = { at: now + milliseconds, f }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
  }
  const advance = (milliseconds: number) => {
    now += milliseconds
    for (const timer of [...timers]) {
      if (timer.at > now) continue
      timers.delete(timer)
      timer.f()
    }
  }
  return { clock, advance, timers }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
const never = () => new Promise<never>(() => undefined)

function open(
  handlers: Partial<Handlers<typeof contract>>,
  options: { readonly strict?: boolean; readonly wire?: (wire: Wire) => Wire } = {},
) {
  const { left, right, close } = wirePair()
  const time = handClock()
  const all: Handlers<typeof contract> = {
    ask: () => ({ answer: 1 }),
    async *items() {
      await never()
    },
    ...handlers,
  }
  const dispose = serve(contract, all, options.wire?.(right) ?? right, {
    clock: time.clock,
    ...(options.strict === undefined ? {} : { strict: options.strict }),
  })
  return { client: connect(contract, left), left, right, close, dispose, ...time }
}

describe('serve', () => {
  it('flushes an unfinished batch after 33 ms, not before', async () => {
    const { client, advance } = open({
      async *items() {
        yield 'a'
        yield 'b'
        await never()
      },
    })
    const next = client.stream('items', null)[Symbol.asyncIterator]().next()
    let arrived: unknown
    void next.then((result) => (arrived = result.value))
    await turn()
    advance(32)
    await turn()
    expect(arrived).toBeUndefined()
    advance(1)
    await turn()
    expect(arrived).toEqual(['a', 'b'])
  })

  it('flushes by age when the source never lets a timer run', async () => {
    let advance: (milliseconds: number) => void = () => undefined
    const world = open({
      async *items() {
        for (const item of ['a', 'b', 'c']) {
          advance(20)
          yield item
          await Promise.resolve()
        }
        await never()
      },
    })
    // moves the time alone: its timers are only looked at by the test's own advance
    advance = (milliseconds) => {
      const pending = [...world.timers]
      world.timers.clear()
      world.advance(milliseconds)
      for (const timer of pending) world.timers.add(timer)
    }
    const first = await world.client.stream('items', null)[Symbol.asyncIterator]().next()
    expect(first.value).toEqual(['a', 'b', 'c'])
  })

  it('leaves no timer behind', async () => {
    const { client, timers } = open({
      async *items() {
        yield await Promise.resolve(1)
      },
    })
    for await (const batch of client.stream('items', null)) expect(batch).toEqual([1])
    expect(timers.size).toBe(0)
  })

  it('reports an item that the wire can not carry and stops its source', async () => {
    let stopped = false
    const { client, advance } = open({
      async *items(_, cancel) {
        yield () => 'no value'
        await new Promise<void>((resolve) => cancel.onAbort(resolve))
        stopped = true
      },
    })
    const reading = client.stream('items', null)[Symbol.asyncIterator]().next()
    const refused = expect(reading).rejects.toMatchObject({ code: 'INTERNAL' })
    await turn()
    advance(33)
    await refused
    expect(stopped).toBe(true)
  })

  it('pauses a source while the carrier is not drained', async () => {
    let made = 0
    let drain = (): void => undefined
    const { client } = open(
      {
        async *items() {
          for (;;) {
            made += 1
            yield await Promise.resolve(made)
          }
        },
      },
      { wire: (wire) => ({ ...wire, drained: () => new Promise((resolve) => (drain = resolve)) }) },
    )
    const reader = client.stream('items', null)[Symbol.asyncIterator]()
    await reader.next()
    await turn()
    expect(made).toBe(64)
    drain()
    await turn()
    expect(made).toBe(128)
    await reader.return?.()
    drain()
  })

  it('parses stream items only when strict', async () => {
    const numbers = { items: stream(z.null(), z.number()) } as const
    for (const strict of [true, false]) {
      const { left, right } = wirePair()
      const handlers = {
        async *items() {
          yield await Promise.resolve('text' as never)
        },
      }
      serve(numbers, handlers, right, { clock: handClock().clock, strict })
      const first = connect(numbers, left).stream('items', null)[Symbol.asyncIterator]().next()
      if (strict) await expect(first).rejects.toMatchObject({ code: 'INTERNAL' })
      else expect((await first).value).toEqual(['text'])
    }
  })

  it('sends no field that the contract does not name', async () => {
    const { client } = open({ ask: () => ({ answer: 2, secret: 3 }) })
    expect(await client.call('ask', null)).toEqual({ answer: 2 })
  })

  it('gives no more credit than the window, whatever the reader claims', async () => {
    let made = 0
    const { left, right } = open({
      async *items() {
        for (;;) {
          made += 1
          yield await Promise.resolve(made)
        }
      },
    })
    expect(right).toBeDefined()
    left.send({ type: 'request', id: 1, name: 'items', input: null, window: 8 })
    await turn()
    for (let i = 0; i < 10; i++) left.send({ type: 'ack', id: 1, count: 4096 })
    await turn()
    await turn()
    const settled = made
    await turn()
    expect(made).toBe(settled)
    expect(made).toBeLessThanOrEqual(11 * 8 + 8)
  })

  it('aborts what is under way and answers nothing more when disposed', async () => {
    let aborted = false
    const { client, dispose } = open({
      ask: (_, cancel) =>
        new Promise((resolve) =>
          cancel.onAbort(() => {
            aborted = true
            resolve({ answer: 0 })
          }),
        ),
    })
    void client.call('ask', null)
    await turn()
    dispose()
    expect(aborted).toBe(true)
    const late = client.call('ask', null)
    expect(await Promise.race([late, turn().then(() => 'silence')])).toBe('silence')
  })
})

describe('connect', () => {
  it('refuses a name of the other kind before it sends anything', async () => {
    const { client } = open({})
    await expect(client.call('items' as never, null as never)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(() => client.stream('ask' as never, null as never)).toThrow('no stream named ask')
  })

  it('rejects with what the wire throws for an input it can not carry', async () => {
    const loose = { ask: call(z.unknown(), z.unknown()) } as const
    const { left } = wirePair()
    await expect(connect(loose, left).call('ask', () => 1)).rejects.toThrow('could not be cloned')
  })
})
