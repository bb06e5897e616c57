import { useMessage } from 'naive-ui'
import { shallowRef, type ShallowRef } from 'vue'

export interface Action {
  readonly busy: ShallowRef<boolean>
  /** Runs it unless it is running already; a failure is told in a toast that stays. */
  readonly run: (work: () => Promise<unknown>) => Promise<void>
}

/** A button's work: one at a time, and never a failure without a word. */
export function useAction(): Action {
  const busy = shallowRef(false)
  const message = useMessage()
  return {
    busy,
    async run(work) {
      if (busy.value) return
      busy.value = true
      try {
        await work()
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error)
        message.error(text, { duration: 0, closable: true })
      } finally {
        busy.value = false
      }
    },
  }
}
