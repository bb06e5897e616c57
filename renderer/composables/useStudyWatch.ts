import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { StudyId } from '#core/contract/ids'
import type { StudyFrame } from '#core/contract/studies'
import { cancelSource } from '#core/rpc/cancel'
import type { StudyKind, StudyReport } from '#core/study/index'
import { api } from '../api.ts'
import { onHostBack } from '../stores/app.ts'
import { reasonOf } from '../reasonOf.ts'

export interface StudyWatch<K extends StudyKind> {
  /** Null until the first frame. */
  readonly frame: ShallowRef<StudyFrame<K> | null>
  /** The newest; null before the first point. */
  readonly report: ShallowRef<StudyReport<K> | null>
  readonly error: ShallowRef<string | null>
  readonly retry: () => void
}

/** Follows one study of a kind, or none. Ends with the scope that called it. */
export function useStudyWatch<K extends StudyKind>(
  kind: K,
  study: () => StudyId | null,
): StudyWatch<K> {
  const frame: StudyWatch<K>['frame'] = shallowRef(null)
  const report: StudyWatch<K>['report'] = shallowRef(null)
  const error = shallowRef<string | null>(null)
  let stop: () => void = () => undefined

  async function follow(id: StudyId, source: ReturnType<typeof cancelSource>) {
    try {
      for await (const frames of api.stream(
        'studies.watch',
        { study: id },
        { signal: source.cancel },
      )) {
        for (const next of frames) {
          if (!isOf(kind, next)) throw new Error(`study ${id} is not of the kind ${kind}`)
          // the check above is what the compiler can not follow
          const own = next as StudyFrame<K>
          frame.value = own
          if (own.report !== undefined) report.value = own.report
        }
      }
    } catch (reason) {
      if (!source.cancel.aborted) {
        error.value = reasonOf(reason)
      }
    }
  }

  function begin(id: StudyId | null) {
    stop()
    frame.value = null
    report.value = null
    error.value = null
    if (id === null) return
    const source = cancelSource()
    stop = source.abort
    void follow(id, source)
  }
  watch(study, begin, { immediate: true })
  onHostBack(() => begin(study()))
  onScopeDispose(() => stop())
  return { frame, report, error, retry: () => begin(study()) }
}

const isOf = (kind: string, frame: StudyFrame): boolean => kind === frame.kind
