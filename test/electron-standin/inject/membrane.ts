/** One side of the contextBridge. */
export interface Membrane {
  expose(key: string, value: unknown): void
}

/** The names of the two events over which the worlds talk; random, so that no page can guess them. */
export interface MembraneNames {
  readonly send: string
  readonly receive: string
}

/**
 * Hands values between the isolated world and the page's: functions as proxies, promises as
 * promises, all else as copies. It rests on DOM events, which are synchronous and whose `detail`
 * Chromium clones from world to world, so that no object is ever shared.
 *
 * Injected into Chromium as text: it may use nothing from outside itself.
 */
export function makeMembrane(
  names: MembraneNames,
  onExpose: (key: string, value: unknown) => void,
): Membrane {
  type Message =
    | { kind: 'call'; id: number; call: number; values: unknown[] }
    | { kind: 'return'; call: number; result: Result }
    | { kind: 'resolve'; id: number; value: unknown }
    | { kind: 'reject'; id: number; message: string }
    | { kind: 'expose'; key: string; value: unknown }
  type Result = { value: unknown } | { error: string }
  type Passed = { $passed?: 'function' | 'promise' | 'error'; id?: number; message?: string }

  const functions = new Map<number, (...values: unknown[]) => unknown>()
  const promises = new Map<number, { resolve(v: unknown): void; reject(e: Error): void }>()
  const calls = new Map<number, (result: Result) => void>()
  let last = 0

  const fire = (detail: Message) => document.dispatchEvent(new CustomEvent(names.send, { detail }))
  const reason = (error: unknown) => (error instanceof Error ? error.message : String(error))
  const isPlain = (value: object) =>
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)
  const mapped = (value: object, f: (entry: unknown) => unknown) =>
    Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, f(entry)]))

  const pass = (value: unknown): unknown => {
    if (typeof value === 'function') {
      const id = ++last
      functions.set(id, value as (...values: unknown[]) => unknown)
      return { $passed: 'function', id }
    }
    if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.')
    if (value === null || typeof value !== 'object') return value
    if (value instanceof Promise) {
      const id = ++last
      value.then(
        (result) => fire({ kind: 'resolve', id, value: pass(result) }),
        (error: unknown) => fire({ kind: 'reject', id, message: reason(error) }),
      )
      return { $passed: 'promise', id }
    }
    if (value instanceof Error) return { $passed: 'error', message: value.message }
    if (Array.isArray(value)) return value.map(pass)
    return isPlain(value) ? mapped(value, pass) : value
  }

  const take = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(take)
    if (value === null || typeof value !== 'object' || !isPlain(value)) return value
    const passed = value as Passed
    if (passed.$passed === 'function') return (...values: unknown[]) => call(passed.id!, values)
    if (passed.$passed === 'error') return new Error(passed.message)
    if (passed.$passed === 'promise') {
      return new Promise((resolve, reject) => promises.set(passed.id!, { resolve, reject }))
    }
    return mapped(value, take)
  }

  const call = (id: number, values: readonly unknown[]): unknown => {
    const number = ++last
    let result: Result | undefined
    calls.set(number, (given) => (result = given))
    fire({ kind: 'call', id, call: number, values: values.map(pass) })
    calls.delete(number)
    if (!result) throw new Error('contextBridge: the other world is gone')
    if ('error' in result) throw new Error(result.error)
    return take(result.value)
  }

  const answer = (id: number, values: readonly unknown[]): Result => {
    try {
      return { value: pass(functions.get(id)!(...values.map(take))) }
    } catch (error) {
      return { error: reason(error) }
    }
  }

  document.addEventListener(names.receive, (event) => {
    const message = (event as CustomEvent<Message>).detail
    if (message.kind === 'call') {
      fire({ kind: 'return', call: message.call, result: answer(message.id, message.values) })
    } else if (message.kind === 'return') {
      calls.get(message.call)?.(message.result)
    } else if (message.kind === 'expose') {
      onExpose(message.key, take(message.value))
    } else {
      const waiting = promises.get(message.id)
      promises.delete(message.id)
      if (message.kind === 'resolve') waiting?.resolve(take(message.value))
      else waiting?.reject(new Error(message.message))
    }
  })

  return { expose: (key, value) => fire({ kind: 'expose', key, value: pass(value) }) }
}
