import { shallowRef } from 'vue'
import type { DatasetMeta, ImportProblem } from '#core/jobContract'
import { cancelSource } from '#core/rpc/cancel'
import { RpcError, type FieldError } from '#core/rpc/rpcError'
import { api } from '../api.ts'

/** A file is sent in pieces, so that neither side ever holds it whole. */
const PIECE = 256 * 1024

export type ImportState =
  | { readonly step: 'idle' }
  | { readonly step: 'sending'; readonly file: string; readonly share: number }
  | {
      readonly step: 'reading'
      readonly file: string
      readonly share: number
      readonly rows: number
    }
  | {
      readonly step: 'done'
      readonly meta: DatasetMeta
      readonly problems: readonly ImportProblem[]
    }
  | {
      readonly step: 'failed'
      readonly file: string
      readonly reason: string
      readonly rows: readonly FieldError[] // 'line 7, rating' and what is wrong there
    }

/** Sends a file to the host and has it imported; one at a time. */
export function useImport() {
  const state = shallowRef<ImportState>({ step: 'idle' })
  let cancel = cancelSource()

  async function start(file: File, name: string): Promise<void> {
    cancel = cancelSource()
    const signal = cancel.cancel
    let upload: string | null = null
    try {
      state.value = { step: 'sending', file: file.name, share: 0 }
      upload = await api.call('uploads.begin', { fileName: file.name })
      for (let from = 0; from < file.size && !signal.aborted; from += PIECE) {
        const bytes = new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer())
        await api.call('uploads.append', { upload, bytes })
        state.value = {
          step: 'sending',
          file: file.name,
          share: Math.min(1, (from + PIECE) / file.size),
        }
      }
      if (!signal.aborted) await read(upload, file.name, name)
      if (signal.aborted) state.value = { step: 'idle' }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      state.value = signal.aborted
        ? { step: 'idle' }
        : {
            step: 'failed',
            file: file.name,
            reason,
            rows: error instanceof RpcError ? error.fields : [],
          }
    } finally {
      // an import that went through has used the upload up; then there is nothing to abort
      if (upload !== null && state.value.step !== 'done') {
        await api.call('uploads.abort', { upload }).catch(() => undefined)
      }
    }
  }

  async function read(upload: string, file: string, name: string): Promise<void> {
    state.value = { step: 'reading', file, share: 0, rows: 0 }
    const stream = api.stream('datasets.import', { upload, name }, { signal: cancel.cancel })
    for await (const events of stream) {
      const last = events.at(-1)
      if (last?.type === 'progress') {
        state.value = { step: 'reading', file, share: last.share, rows: last.rows }
      } else if (last) {
        state.value = { step: 'done', meta: last.meta, problems: last.report.problems }
      }
    }
  }

  return {
    state,
    start,
    cancel: () => cancel.abort(),
    reset: () => (state.value = { step: 'idle' }),
  }
}
