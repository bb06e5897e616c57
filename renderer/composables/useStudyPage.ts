import { computed, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { StudyId } from '#core/contract/ids'
import type { StudyDetail, StudyRow } from '#core/contract/studies'
import type { StudyKind } from '#core/study/index'
import { api } from '../api.ts'
import { useStudies } from '../stores/studies.ts'
import { useAction } from './useAction.ts'
import { useStudyWatch } from './useStudyWatch.ts'

/**
 * A page of one kind of study: the one of the address or the newest, followed, with what can be done
 * about it. The rest of the page is its form and its result.
 * @param isListed which studies of the kind belong to the page
 */
export function useStudyPage<K extends StudyKind>(
  kind: K,
  isListed: (row: StudyRow<K>) => boolean = () => true,
) {
  const route = useRoute()
  const router = useRouter()
  const studies = useStudies()
  const action = useAction()
  const rows = computed(() => (studies.ofKind(kind) ?? []).filter(isListed))
  const shown = computed<StudyId | null>(() => {
    const asked = Number(route.query['study'])
    if (Number.isInteger(asked) && asked > 0) return asked
    return rows.value[0]?.id ?? null
  })
  const { frame, report, error: lost, retry: follow } = useStudyWatch(kind, () => shown.value)
  const error = computed(() => studies.failure ?? lost.value)
  const retry = async () => {
    await studies.load()
    if (lost.value) follow()
  }
  /** Neither an answer nor an error yet. */
  const isLoading = computed(
    () => !error.value && (studies.rows === null || (shown.value !== null && !frame.value)),
  )
  const detail = shallowRef<StudyDetail<K> | null>(null)
  watch(
    [shown, () => frame.value?.state],
    async ([id]) => {
      const found =
        id === null ? null : await api.call('studies.get', { study: id }).catch(() => null)
      // the host answers for any kind
      if (shown.value === id) detail.value = found?.kind === kind ? (found as StudyDetail<K>) : null
    },
    { immediate: true },
  )

  const show = (study: StudyId) => router.replace({ query: { study } })
  /** @param spec or what reads it first */
  const start = (spec: unknown, seed: number) =>
    action.run(async () => {
      const read: unknown = typeof spec === 'function' ? await spec() : spec
      await show(await api.call('studies.start', { kind, spec: read, seed }))
    })
  const tell = (what: 'pause' | 'resume' | 'cancel') =>
    action.run(() => api.call(`studies.${what}`, { study: shown.value! }))
  const remove = () =>
    action.run(async () => {
      await api.call('studies.delete', { study: shown.value! })
      await router.replace({ query: {} })
    })
  void studies.load()
  return {
    rows,
    shown,
    frame,
    report,
    error,
    retry,
    isLoading,
    detail,
    action,
    show,
    start,
    tell,
    remove,
  }
}
