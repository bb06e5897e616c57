import { computed, type ComputedRef } from 'vue'
import { useRunPlace } from './useRunPage.ts'

/** Users that the plan lets in: no more than the world or the dataset has. */
export function usePlannedUsers(): ComputedRef<number> {
  const { detail } = useRunPlace()
  return computed(() => {
    if (!detail.value) return 1
    const { traffic, environment } = detail.value.spec
    const world = 'users' in environment ? environment.users : detail.value.dataset?.users
    return Math.min(traffic.users, world ?? traffic.users)
  })
}
