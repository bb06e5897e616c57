import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'

/** Steps that can be taken back. */
const MOST = 200
/** Changes of one kind within so many milliseconds are one step: a word, not a letter. */
const TOGETHER = 1000

export interface History<T> {
  readonly value: ShallowRef<T>
  readonly canUndo: ComputedRef<boolean>
  readonly canRedo: ComputedRef<boolean>
  /** @param kind changes of the same kind that follow each other are one step */
  readonly change: (next: T, kind?: string) => void
  readonly undo: () => void
  readonly redo: () => void
}

/** A value whose changes can be taken back and made again. @param now milliseconds */
export function useHistory<T>(first: T, now: () => number = () => performance.now()): History<T> {
  const value = shallowRef(first) as ShallowRef<T>
  const past = shallowRef<readonly T[]>([])
  const future = shallowRef<readonly T[]>([])
  let last = { kind: '', at: Number.NEGATIVE_INFINITY }
  return {
    value,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    change(next, kind = '') {
      const at = now()
      const goesOn = kind !== '' && kind === last.kind && at - last.at < TOGETHER
      last = { kind, at }
      if (!goesOn) past.value = [...past.value.slice(-MOST + 1), value.value]
      future.value = []
      value.value = next
    },
    undo() {
      const before = past.value.at(-1)
      if (before === undefined) return
      last = { kind: '', at: Number.NEGATIVE_INFINITY }
      past.value = past.value.slice(0, -1)
      future.value = [...future.value, value.value]
      value.value = before
    },
    redo() {
      const after = future.value.at(-1)
      if (after === undefined) return
      last = { kind: '', at: Number.NEGATIVE_INFINITY }
      future.value = future.value.slice(0, -1)
      past.value = [...past.value, value.value]
      value.value = after
    },
  }
}
