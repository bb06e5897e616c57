import { useDebounceFn } from '@vueuse/core'
import { computed, shallowRef, watch } from 'vue'
import type { SpecIssue } from '#core/contract/specs'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { PlanNeeds } from '#core/planNeeds'
import { api } from '../../api.ts'
import { withValue } from './specPaths.ts'

/** Milliseconds after the last key before the host is asked. */
const CHECK_AFTER = 30

type Draft = Readonly<Record<string, unknown>>

/** A draft that the host checks after every change. */
export function useSpecForm() {
  const draft = shallowRef<Draft>({})
  const issues = shallowRef<readonly SpecIssue[]>([])
  /** The last draft that was accepted, with its defaults. */
  const accepted = shallowRef<ExperimentSpec | null>(null)
  const total = shallowRef<number | null>(null)
  const users = shallowRef<number | null>(null)
  const needs = shallowRef<PlanNeeds | null>(null)
  const isCurrent = shallowRef(false)

  async function check(): Promise<void> {
    const asked = draft.value
    const answer = await api.call('spec.check', { spec: asked })
    if (asked !== draft.value) return // an older question's answer
    issues.value = answer.issues
    isCurrent.value = true
    if (!answer.spec) return
    accepted.value = answer.spec
    total.value = answer.total
    users.value = answer.users
    needs.value = answer.needs
  }
  const checkSoon = useDebounceFn(check, CHECK_AFTER)

  watch(draft, () => {
    isCurrent.value = false
    void checkSoon()
  })

  function set(path: string, value: unknown): void {
    draft.value = withValue(draft.value, path, value)
  }

  /** The issue of a field, or of an entry of its list. */
  const issueOf = (path: string): SpecIssue | undefined =>
    issues.value.find((issue) => issue.path === path || issue.path.startsWith(`${path}.`))

  const isLaunchable = computed(() => isCurrent.value && issues.value.length === 0)

  return { draft, issues, accepted, total, users, needs, isLaunchable, set, issueOf, check }
}
