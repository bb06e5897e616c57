import { useDebounceFn } from '@vueuse/core'
import { computed, shallowRef } from 'vue'
import type { SpecIssue } from '#core/contract/specs'
import { api } from '../../api.ts'
import { valueAt, withValue } from '../setup/specPaths.ts'

type Draft = Readonly<Record<string, unknown>>

/** Milliseconds after the last key before the host is asked. */
const CHECK_AFTER = 120

/** What each learner is begun with: the world that it was made for. */
const beginnings: Readonly<Record<string, Draft>> = {
  tpgr: { kind: 'tpgr', world: { kind: 'typedLatent' } },
  wolpertinger: { kind: 'wolpertinger', world: { kind: 'itemToItem' } },
  fcpo: { kind: 'fcpo', world: { kind: 'typedLatent' } },
}

/** The draft of a training; a choice of a kind brings the defaults of that kind, checked by the host. */
export function useTrainForm(datasets: () => readonly string[]) {
  const draft = shallowRef<Draft>({})
  const issues = shallowRef<readonly SpecIssue[]>([])
  const isCurrent = shallowRef(false)

  async function check(fill: boolean): Promise<void> {
    const asked = draft.value
    const answer = await api.call('studies.check', { kind: 'training', spec: asked })
    if (asked !== draft.value) return // an older question's answer
    issues.value = answer.issues
    isCurrent.value = true
    if (fill && answer.spec) draft.value = answer.spec
  }
  const checkSoon = useDebounceFn(() => check(false), CHECK_AFTER)

  /** Takes a spec with its defaults. */
  async function begin(spec: Draft): Promise<void> {
    draft.value = spec
    await check(true)
  }

  async function set(path: string, value: unknown): Promise<void> {
    if (path === 'kind') return begin(beginnings[String(value)]!)
    if (path.endsWith('.kind') || path.endsWith('.unit')) {
      return begin(withBranch(draft.value, path, String(value), datasets()))
    }
    draft.value = withValue(draft.value, path, value)
    isCurrent.value = false
    await checkSoon()
    return undefined
  }

  const issueOf = (path: string): SpecIssue | undefined =>
    issues.value.find((issue) => issue.path === path || issue.path.startsWith(`${path}.`))
  const isReady = computed(() => isCurrent.value && issues.value.length === 0)
  return { draft, issues, isReady, begin, set, issueOf }
}

/** A draft with another branch of one of its unions, and what has to change with it. */
function withBranch(draft: Draft, path: string, value: string, datasets: readonly string[]): Draft {
  const part = path.slice(0, path.lastIndexOf('.'))
  if (path.endsWith('.unit')) {
    const amount = value === 'count' ? { count: 10 } : { share: 0.01 }
    return withValue(draft, part, { unit: value, ...amount })
  }
  const dataset = value === 'ratings' ? { dataset: datasets[0] ?? '' } : {}
  const changed = withValue(draft, part, { kind: value, ...dataset })
  if (part !== 'world' || valueAt(draft, 'representation') === undefined) return changed
  // items of world B come with their vectors, items of ratings have none
  const representation =
    value === 'itemToItem' ? { kind: 'content' } : { kind: 'rating', width: 16 }
  return { ...changed, representation }
}
