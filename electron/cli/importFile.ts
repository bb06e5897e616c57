import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { formatPercent } from '#core/format'
import { cancelSource } from '#core/rpc/cancel'
import { badFile, plainFileSize, unreadable } from '../plainFile.ts'
import { describeDataset } from './describeDataset.ts'
import type { Interrupt } from './followRun.ts'
import { ndjson } from './ndjson.ts'
import type { Api } from './session.ts'
import type { Terminal } from './terminal.ts'

const PIECE_BYTES = 256 * 1024
const LISTED = 10

/**
 * Brings a ratings file into the workspace, by the same way as the page does.
 * @returns the exit code
 * @throws RpcError `BAD_FILE` or `BAD_INPUT` that names the row
 */
export async function importFile(
  api: Api,
  command: { readonly file: string; readonly name: string; readonly json: boolean },
  { terminal, interrupt }: { readonly terminal: Terminal; readonly interrupt: Interrupt },
): Promise<number> {
  const { file, name, json } = command
  const total = await plainFileSize(file)
  const stop = cancelSource()
  const off = interrupt.onInterrupt(stop.abort)
  const progress = (share: number, what: string) => {
    if (json) terminal.out(ndjson({ type: 'progress', stage: what, share }))
    else if (terminal.width !== null) terminal.err(`\r\u001b[2K${what} ${formatPercent(share, 0)}`)
  }
  try {
    const upload = await send(api, file, total, stop.cancel, progress)
    const stream = api.stream('datasets.import', { upload, name }, { signal: stop.cancel })
    for await (const batch of stream) {
      for (const event of batch) {
        if (event.type === 'progress') {
          progress(event.share, 'importing')
          continue
        }
        if (terminal.width !== null && !json) terminal.err('\r\u001b[2K')
        if (json) {
          terminal.out(ndjson(event))
          return 0
        }
        const { meta, problems } = event
        terminal.out(`Imported "${meta.name}": ${describeDataset(meta)}SHA-256 ${meta.hash}\n`)
        for (const { row, value, fix } of problems.slice(0, LISTED)) {
          terminal.err(`line ${row}, ${value}: ${fix}\n`)
        }
        return 0
      }
    }
  } finally {
    off()
  }
  terminal.err('Stopped; nothing was imported.\n')
  return stop.cancel.aborted ? 130 : 1
}

/** @returns the id of the upload */
async function send(
  api: Api,
  file: string,
  total: number,
  cancel: { readonly aborted: boolean },
  progress: (share: number, what: string) => void,
): Promise<string> {
  const input = await open(file, 'r').catch((error: unknown) => {
    throw unreadable(file, error)
  })
  try {
    const upload = await api.call('uploads.begin', { fileName: basename(file) })
    let sent = 0
    let told = 0
    while (!cancel.aborted) {
      const { bytesRead, buffer } = await input.read(new Uint8Array(PIECE_BYTES))
      if (bytesRead === 0) break
      await api.call('uploads.append', { upload, bytes: buffer.subarray(0, bytesRead) })
      sent += bytesRead
      if (sent > total) throw badFile(`${basename(file)} grows while it is read: copy it first`)
      if (sent - told > total / 20) progress((told = sent) / total, 'reading')
    }
    return upload
  } finally {
    await input.close()
  }
}
