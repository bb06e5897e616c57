import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { adjustPlan } from '#core/dataset/adjustPlan'
import type { ImportPlan } from '#core/dataset/importPlan'
import { formatInteger, formatPercent } from '#core/format'
import { cancelSource } from '#core/rpc/cancel'
import { RpcError } from '#core/rpc/rpcError'
import { mustBeWritable, writeFileAtomically } from '../writeFileAtomically.ts'
import { describeDataset } from './describeDataset.ts'
import type { Interrupt } from './follow.ts'
import { ndjson } from './ndjson.ts'
import type { Api } from './session.ts'
import type { Terminal } from './terminal.ts'
import { uploadFile } from './uploadFile.ts'
import type { ImportCommand } from './verbs/importFile.ts'

const LISTED = 10

/**
 * Brings a file into the workspace, by the same way as the page does, with the files beside it that
 * its format knows.
 * @returns the exit code
 * @throws RpcError `BAD_FILE` or `BAD_INPUT` that names the row
 */
export async function importFile(
  api: Api,
  command: ImportCommand,
  { terminal, interrupt }: { readonly terminal: Terminal; readonly interrupt: Interrupt },
): Promise<number> {
  const { file, name, json, maxBad, rejects } = command
  const stop = cancelSource()
  const off = interrupt.onInterrupt(stop.abort)
  const progress = (share: number, stage: string) => {
    if (json) terminal.out(ndjson({ type: 'progress', stage, share }))
    else if (terminal.width !== null) terminal.err(`\r\u001b[2K${stage} ${formatPercent(share, 0)}`)
  }
  let upload: string | null = null
  try {
    if (rejects !== null) await mustBeWritable(resolve(rejects))
    upload = await uploadFile(api, file, stop.cancel, (share) => progress(share, 'sending'))
    const { plan, beside } = await planned(api, upload, command)
    const companions = []
    for (const path of beside) companions.push(await uploadFile(api, path, stop.cancel))
    const events = command.events && {
      upload: await uploadFile(api, command.events.file, stop.cancel),
      window: command.events.window,
    }
    const input = { upload, companions, events, name, plan, maxBad }
    for await (const batch of api.stream('datasets.import', input, { signal: stop.cancel })) {
      for (const event of batch) {
        if (event.type === 'progress') {
          progress(event.share, event.stage)
          continue
        }
        if (terminal.width !== null && !json) terminal.err('\r\u001b[2K')
        if (rejects !== null) await saveRejects(api, upload, rejects)
        if (json) {
          terminal.out(ndjson(event))
          return 0
        }
        const { meta, report, isNew } = event
        const did = isNew ? 'Imported' : 'Nothing to do: the workspace has'
        terminal.out(`${did} "${meta.name}": ${describeDataset(meta)}SHA-256 ${meta.hash}\n`)
        for (const { row, value, fix } of report.problems.slice(0, LISTED)) {
          terminal.err(`line ${row}, ${value}: ${fix}\n`)
        }
        if (report.bad > 0) {
          const where = rejects === null ? '--rejects FILE saves them' : `saved in ${rejects}`
          terminal.err(`${formatInteger(report.bad)} rows were left out; ${where}\n`)
        }
        return 0
      }
    }
  } catch (error) {
    const isRefused = error instanceof RpcError && error.code === 'BAD_FILE'
    if (isRefused && upload !== null && rejects !== null) await saveRejects(api, upload, rejects)
    throw error
  } finally {
    off()
  }
  terminal.err('Stopped; nothing was imported.\n')
  return stop.cancel.aborted ? 130 : 1
}

/** What the options make of the file's head, and the files beside it. */
async function planned(
  api: Api,
  upload: string,
  { file, kind, map }: ImportCommand,
): Promise<{ readonly plan: ImportPlan | null; readonly beside: readonly string[] }> {
  const { columns, recognised, companions } = await api.call('uploads.inspect', { upload })
  const beside = companions.map((name) => join(dirname(resolve(file)), name)).filter(existsSync)
  const meant = kind ?? recognised?.plan.kind
  if (map.length === 0 && (kind === null || kind === recognised?.plan.kind)) {
    return { plan: null, beside }
  }
  if (meant === undefined) {
    throw new RpcError('BAD_INPUT', 'say with --kind what the rows are, as the columns do not tell')
  }
  return { plan: adjustPlan(meant, columns, map), beside }
}

async function saveRejects(api: Api, upload: string, path: string): Promise<void> {
  const first = await api.call('uploads.rejects', { upload, from: 0 }).catch((error: unknown) => {
    if (error instanceof RpcError && error.code === 'NOT_FOUND') return null // no row was left out
    throw error
  })
  if (first !== null) await writeFileAtomically(resolve(path), rejectedRows(api, upload, first))
}

async function* rejectedRows(
  api: Api,
  upload: string,
  first: { readonly bytes: Uint8Array; readonly total: number },
): AsyncGenerator<Uint8Array> {
  let from = 0
  for (let piece = first; piece.bytes.length > 0;) {
    yield piece.bytes
    from += piece.bytes.length
    if (from >= piece.total) return
    piece = await api.call('uploads.rejects', { upload, from })
  }
}
