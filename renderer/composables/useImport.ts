import { onScopeDispose, shallowRef } from 'vue'
import type { DatasetImportEvent } from '#core/contract/datasets'
import type { ImportPlan } from '#core/dataset/importPlan'
import type { ImportReport, Inspection } from '#core/jobContract'
import type { DatasetMeta } from '#core/dataset/datasetMeta'
import { cancelSource, type Cancel } from '#core/rpc/cancel'
import { RpcError, type FieldError } from '#core/rpc/rpcError'
import { api, saveFile } from '../api.ts'

/** A file is sent in pieces, so that neither side ever holds it whole. */
const PIECE = 256 * 1024

/** A file on the host, looked at, and the files that were sent with it. */
export interface SentFile {
  readonly file: string
  readonly upload: string
  readonly companions: readonly { readonly name: string; readonly upload: string }[]
  readonly inspection: Inspection & { readonly remembered: ImportPlan | null }
}

export type ImportState =
  | { readonly step: 'idle' }
  | { readonly step: 'sending'; readonly file: string; readonly share: number }
  | { readonly step: 'inspecting'; readonly file: string }
  | { readonly step: 'ready'; readonly sent: SentFile }
  | {
      readonly step: 'importing'
      readonly sent: SentFile
      readonly stage: Extract<DatasetImportEvent, { readonly type: 'progress' }>['stage']
      readonly share: number
      readonly rows: number
    }
  | {
      readonly step: 'done'
      readonly sent: SentFile
      readonly meta: DatasetMeta
      readonly report: ImportReport
      readonly isNew: boolean
    }
  | {
      readonly step: 'failed'
      readonly file: string
      readonly reason: string
      readonly rows: readonly FieldError[] // 'line 7, rating' and what is wrong there
      readonly sent: SentFile | null // it may be imported in another way
    }

export interface ImportChoice {
  readonly name: string
  readonly plan: ImportPlan | null
  readonly maxBad: number | null
  /** Clicks in a table of their own, and the seconds after its list in which one counts. */
  readonly events: { readonly file: File; readonly window: number | null } | null
}

/** Sends files to the host, has the main one looked at, then imported; one at a time. */
export function useImport() {
  const state = shallowRef<ImportState>({ step: 'idle' })
  let cancel = cancelSource()
  let uploads: string[] = []

  async function send(file: File, signal: Cancel): Promise<string> {
    const upload = await api.call('uploads.begin', { fileName: file.name })
    uploads.push(upload)
    for (let from = 0; from < file.size && !signal.aborted; from += PIECE) {
      const bytes = new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer())
      await api.call('uploads.append', { upload, bytes })
      const share = Math.min(1, (from + PIECE) / file.size)
      state.value = { step: 'sending', file: file.name, share }
    }
    return upload
  }

  /** Sends them all; the first that has companions among the others is the main one. */
  async function choose(files: readonly File[]): Promise<void> {
    await reset()
    const [first] = files
    if (!first) return
    cancel = cancelSource()
    const signal = cancel.cancel
    let file = first.name
    try {
      const all = []
      for (const one of files) {
        file = one.name
        state.value = { step: 'sending', file, share: 0 }
        all.push({ name: one.name, upload: await send(one, signal) })
        if (signal.aborted) break
      }
      for (const { name, upload } of signal.aborted ? [] : all) {
        file = name
        state.value = { step: 'inspecting', file }
        const others = all.filter((one) => one.upload !== upload)
        const inspection = await inspect(upload, others.length > 0)
        if (!inspection) continue // a companion need not be a dataset
        const companions = others.filter((one) => inspection.companions.includes(one.name))
        if (companions.length < others.length && upload !== all.at(-1)?.upload) continue
        state.value = { step: 'ready', sent: { file, upload, companions, inspection } }
        break
      }
      if (signal.aborted) await reset()
    } catch (error) {
      if (signal.aborted) await reset()
      else fail(error, file, null)
    }
  }

  async function inspect(upload: string, mayFail: boolean) {
    try {
      return await api.call('uploads.inspect', { upload })
    } catch (error) {
      if (mayFail && error instanceof RpcError && error.code === 'BAD_FILE') return null
      throw error
    }
  }

  async function start(sent: SentFile, { events, ...choice }: ImportChoice): Promise<void> {
    cancel = cancelSource()
    const signal = cancel.cancel
    const companions = sent.companions.map(({ upload }) => upload)
    try {
      const table = events && { upload: await send(events.file, signal), window: events.window }
      state.value = { step: 'importing', sent, stage: 'reading', share: 0, rows: 0 }
      const input = { upload: sent.upload, companions, events: table, ...choice }
      for await (const events of api.stream('datasets.import', input, { signal })) {
        const last = events.at(-1)
        if (last?.type === 'progress') {
          const { stage, share, rows } = last
          state.value = { step: 'importing', sent, stage, share, rows }
        } else if (last) {
          const { meta, report, isNew } = last
          state.value = { step: 'done', sent, meta, report, isNew }
        }
      }
      if (signal.aborted) state.value = { step: 'ready', sent }
    } catch (error) {
      if (signal.aborted) state.value = { step: 'ready', sent }
      else fail(error, sent.file, sent)
    }
  }

  function fail(error: unknown, file: string, sent: SentFile | null): void {
    const reason = error instanceof Error ? error.message : String(error)
    const rows = error instanceof RpcError ? error.fields : []
    state.value = { step: 'failed', file, reason, rows, sent }
  }

  /** Lets the user keep the rows that the last import left out. */
  async function saveRejects({ upload, file }: SentFile): Promise<void> {
    const decoder = new TextDecoder()
    const pieces: string[] = []
    for (let from = 0; ;) {
      const { bytes, total } = await api.call('uploads.rejects', { upload, from })
      pieces.push(decoder.decode(bytes, { stream: true }))
      from += bytes.length
      if (from >= total || bytes.length === 0) break
    }
    const name = `${file.replace(/\.[^.]*$/, '')} rejects.csv`
    await saveFile({ name, mime: 'text/csv', text: pieces.join('') })
  }

  /** Forgets the files; the host lets them go. */
  async function reset(): Promise<void> {
    state.value = { step: 'idle' }
    const old = uploads
    uploads = []
    await Promise.all(
      old.map((upload) => api.call('uploads.abort', { upload }).catch(() => undefined)),
    )
  }
  onScopeDispose(() => {
    cancel.abort()
    void reset()
  })

  return { state, choose, start, saveRejects, reset, cancel: () => cancel.abort() }
}
