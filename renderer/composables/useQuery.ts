import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type Router } from 'vue-router'

let changes: Record<string, string | undefined> | null = null

/** Changes of one tick go into one navigation, so that none undoes another. */
function change(router: Router, name: string, value: string | undefined): void {
  if (changes) {
    changes[name] = value
    return
  }
  changes = { [name]: value }
  queueMicrotask(() => {
    const query = { ...router.currentRoute.value.query, ...changes }
    changes = null
    void router.replace({ query })
  })
}

/** A part of the view that lives in the address; its fallback is not written there. */
export function useQuery(name: string, fallback = ''): WritableComputedRef<string> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => {
      const value = route.query[name]
      return typeof value === 'string' ? value : fallback
    },
    set: (value) => change(router, name, value === fallback ? undefined : value),
  })
}
