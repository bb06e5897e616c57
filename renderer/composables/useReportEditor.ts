import { tryOnScopeDispose, useDebounceFn } from '@vueuse/core'
import { shallowRef, watch, type ShallowRef } from 'vue'
import type { Language } from '#core/languages'
import type { ReportDetail } from '#core/contract/reports'
import { ReportContent } from '#core/report/reportContent'
import type { ReportPart } from '#core/report/reportParts'
import { api } from '../api.ts'

/** Milliseconds without a change before it is stored and shown. */
const REST = 150

export type SaveState = 'saved' | 'saving' | 'failed'

/** A report while it is edited: every change is stored, and then shown as its file will be. */
export function useReportEditor(
  detail: ReportDetail,
  content: ShallowRef<ReportContent>,
  adopt: (content: ReportContent) => void,
  language: () => Language,
) {
  const report = detail.id
  const state = shallowRef<SaveState>('saved')
  const failure = shallowRef<string | null>(null)
  const preview = shallowRef<string | null>(null)
  /** From a change to its preview, in milliseconds. */
  const took = shallowRef<number | null>(null)
  const parts = shallowRef<Readonly<Record<string, readonly ReportPart[]>>>({})
  let stored: ReportContent = detail.content
  let changedAt = performance.now()
  let busy: Promise<void> | null = null
  /** Something was stored while this window had changes of its own. */
  let isBehind = false

  /** Stores what is there and shows it, again while it changes meanwhile. */
  async function work(): Promise<void> {
    do {
      const now = content.value
      const shown = language()
      if (now !== stored) {
        state.value = 'saving'
        await api.call('reports.save', { report, content: now })
      }
      stored = now
      preview.value = await api.call('reports.preview', { report, language: shown })
    } while (content.value !== stored)
    took.value = performance.now() - changedAt
    state.value = 'saved'
    failure.value = null
    if (isBehind) await follow()
  }
  /** Settles when everything is stored and shown; a failure is kept in `failure`. */
  function flush(): Promise<void> {
    busy ??= work()
      .catch((error: unknown) => {
        state.value = 'failed'
        failure.value = error instanceof Error ? error.message : String(error)
      })
      .finally(() => (busy = null))
    return busy
  }
  const flushSoon = useDebounceFn(flush, REST)
  /** Shows the same content again, from sources that were read again. */
  async function refresh(): Promise<void> {
    await flush() // that is under way
    await flush()
  }

  /** Takes what another window has stored, unless something here is not stored yet. */
  async function follow(): Promise<void> {
    isBehind = state.value !== 'saved'
    if (isBehind) return
    const { content: theirs } = await api.call('reports.get', { report })
    const isOwn = JSON.stringify(ReportContent.parse(content.value)) === JSON.stringify(theirs)
    if (isOwn || content.value !== stored) return
    stored = theirs
    adopt(theirs)
  }

  async function loadParts(): Promise<void> {
    parts.value = await api.call('reports.parts', { report, language: language() })
  }

  watch(content, () => {
    changedAt = performance.now()
    if (state.value === 'saved') state.value = 'saving'
    void flushSoon()
  })
  watch(language, () => {
    changedAt = performance.now()
    void flush().then(loadParts)
  })
  tryOnScopeDispose(() => void flush())
  // one after the other, on one warm process
  void flush().then(loadParts)

  return { state, failure, preview, took, parts, flush, refresh, follow, loadParts }
}
