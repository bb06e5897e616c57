/** The subscribers of one event, in the order in which they came. */
export interface Listeners<T> {
  /** @returns its disposer; the same function added twice counts twice */
  readonly add: (listener: (value: T) => void) => () => void
  readonly emit: (value: T) => void
  readonly count: number
}

export function listeners<T>(): Listeners<T> {
  const entries = new Set<{ readonly listener: (value: T) => void }>()
  return {
    add(listener) {
      const entry = { listener }
      entries.add(entry)
      return () => void entries.delete(entry)
    },
    emit(value) {
      for (const { listener } of [...entries]) listener(value)
    },
    get count() {
      return entries.size
    },
  }
}
