import { shallowRef, watch, type ShallowRef } from 'vue'
import { onHostBack } from '../stores/app.ts'
import { reasonOf } from '../reasonOf.ts'

export interface Answer<T> {
  /** The newest; it stays while the next one is asked for. Null before the first and without a question. */
  readonly value: ShallowRef<T | null>
  readonly error: ShallowRef<string | null>
  readonly busy: ShallowRef<boolean>
  /** Asks the same again. */
  readonly retry: () => Promise<void>
}

/**
 * Asks the host again whenever the question changes; answers to older questions are dropped.
 * @param question null for none; compared by its JSON
 */
export function useAnswer<Q, T>(
  question: () => Q | null,
  ask: (question: Q) => Promise<T>,
): Answer<T> {
  const value: ShallowRef<T | null> = shallowRef(null)
  const error = shallowRef<string | null>(null)
  const busy = shallowRef(false)
  let last = 0
  async function answer(text: string) {
    const own = ++last
    error.value = null
    const asked = JSON.parse(text) as Q | null
    if (asked === null) {
      value.value = null
      busy.value = false
      return
    }
    busy.value = true
    try {
      const found = await ask(asked)
      if (own === last) value.value = found
    } catch (reason) {
      if (own === last) error.value = reasonOf(reason)
    } finally {
      if (own === last) busy.value = false
    }
  }
  const asText = () => JSON.stringify(question())
  watch(asText, answer, { immediate: true })
  onHostBack(() => {
    if (error.value !== null) void answer(asText())
  })
  return { value, error, busy, retry: () => answer(asText()) }
}
