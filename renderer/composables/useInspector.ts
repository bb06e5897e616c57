import { computed } from 'vue'
import { useQuery } from './useQuery.ts'

/** What the drawer shows, as a kind and what it is about: `formula` `delta`, `formula` `delta.12`. */
export function useInspector() {
  const query = useQuery('inspect')
  const shown = computed(() => {
    const [, kind, about] = /^(\w+):(.+)$/.exec(query.value) ?? []
    return kind && about ? { kind, about } : null
  })
  return {
    shown,
    open: (kind: string, about: string) => (query.value = `${kind}:${about}`),
    close: () => (query.value = ''),
  }
}
