import { describe, expect, it } from 'vitest'
import { cancelSource } from '#core/rpc/cancel'
import type { Clock } from '#core/rpc/clock'
import { pace } from '#electron/pace'

/** A clock that is moved by hand. */
function handClock() {
  let now = 0
  const timers = new Set<{ readonly at: number; readonly f: () => void }>()
  const clock: Clock = {
    now: () => now,
    later: (milliseconds, f) => {
      const timer = { at: now + milliseconds, f }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
  const move = async (milliseconds: number) => {
    now += milliseconds
    for (const timer of timers) {
      if (timer.at > now) continue
      timers.delete(timer)
      timer.f()
    }
    await settle()
  }
  return { clock, move, timers }
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

function outcome<T>(promise: Promise<T>) {
  const seen: { value?: T } = {}
  void promise.then((value) => (seen.value = value))
  return seen
}

describe('pace', () => {
  it('has news at once, then keeps the gap, then waits for more', async () => {
    const { clock, move } = handClock()
    const source = pace(clock, 50, cancelSource().cancel)
    expect(await source.next()).toBe(true)
    source.wake()
    source.wake() // as good as once
    const second = outcome(source.next())
    await move(49)
    expect(second.value).toBeUndefined()
    await move(1)
    expect(second.value).toBe(true)
    const third = outcome(source.next())
    await move(1000)
    expect(third.value).toBeUndefined()
    source.wake()
    await settle()
    expect(third.value).toBe(true)
  })

  it('ends at once when aborted, waiting for news or for the gap', async () => {
    for (const hasNews of [false, true]) {
      const { clock, timers } = handClock()
      const { cancel, abort } = cancelSource()
      const source = pace(clock, 50, cancel)
      await source.next()
      if (hasNews) source.wake()
      const next = outcome(source.next())
      await settle()
      abort()
      await settle()
      expect(next.value).toBe(false)
      expect(timers.size).toBe(0)
      expect(await source.next()).toBe(false)
    }
  })

  it('listens once, however long it goes on', async () => {
    const { clock, move } = handClock()
    let listeners = 0
    const source = pace(clock, 50, {
      aborted: false,
      onAbort: () => {
        listeners++
        return () => undefined
      },
    })
    for (let i = 0; i < 100; i++) {
      const next = source.next()
      source.wake()
      await move(50)
      expect(await next).toBe(true)
    }
    expect(listeners).toBe(1)
  })
})
