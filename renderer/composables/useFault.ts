import { useEventListener } from '@vueuse/core'
import { shallowRef, type ShallowRef } from 'vue'
import { RpcError } from '#core/rpc/rpcError'

/** Ends that are no faults: of a question that nobody waits for, and of the connection, which says so itself. */
const quiet = new Set(['CANCELLED', 'CLOSED'])

/** Why the host refused something whose asker had no place to say so; null again when it is dealt with. */
export function useFault(): ShallowRef<string | null> {
  const fault = shallowRef<string | null>(null)
  useEventListener(window, 'unhandledrejection', ({ reason }: PromiseRejectionEvent) => {
    if (reason instanceof RpcError && !quiet.has(reason.code)) fault.value = reason.message
  })
  return fault
}
