import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { badFile, plainFileSize, unreadable } from '../plainFile.ts'
import type { Api } from './session.ts'

const PIECE_BYTES = 256 * 1024

/**
 * Sends a file to the host by the same way as the page does.
 * @param told called with the share that is sent
 * @returns the id of the upload
 */
export async function uploadFile(
  api: Api,
  file: string,
  cancel: { readonly aborted: boolean },
  told: (share: number) => void = () => undefined,
): Promise<string> {
  const total = await plainFileSize(file)
  const input = await open(file, 'r').catch((error: unknown) => {
    throw unreadable(file, error)
  })
  try {
    const upload = await api.call('uploads.begin', { fileName: basename(file) })
    let sent = 0
    let last = 0
    while (!cancel.aborted) {
      const { bytesRead, buffer } = await input.read(new Uint8Array(PIECE_BYTES))
      if (bytesRead === 0) break
      await api.call('uploads.append', { upload, bytes: buffer.subarray(0, bytesRead) })
      sent += bytesRead
      if (sent > total) throw badFile(`${basename(file)} grows while it is read: copy it first`)
      if (sent - last > total / 20) told((last = sent) / total)
    }
    return upload
  } finally {
    await input.close()
  }
}
