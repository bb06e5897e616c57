import { listeners } from './listeners.ts'

/** Says whether the result is still wanted. Core has no AbortSignal. */
export interface Cancel {
  readonly aborted: boolean
  /** Called once; at once when aborted already. @returns its disposer */
  readonly onAbort: (listener: () => void) => () => void
}

/** The side that may abort: it hands out `cancel` and keeps `abort`. */
export interface CancelSource {
  readonly cancel: Cancel
  /** Aborting twice is the same as once. */
  readonly abort: () => void
}

export function cancelSource(): CancelSource {
  const waiting = listeners<undefined>()
  let aborted = false
  return {
    cancel: {
      get aborted() {
        return aborted
      },
      onAbort(listener) {
        if (!aborted) return waiting.add(listener)
        listener()
        return () => undefined
      },
    },
    abort() {
      if (aborted) return
      aborted = true
      waiting.emit(undefined)
    },
  }
}
