import { api } from './api.ts'

/** Bytes of one piece; neither side ever holds the whole file. */
const PIECE = 256 * 1024

/** Sends a file to the host in pieces. @returns the id of the upload */
export async function sendFile(file: File): Promise<string> {
  const upload = await api.call('uploads.begin', { fileName: file.name })
  for (let from = 0; from < file.size; from += PIECE) {
    const bytes = new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer())
    await api.call('uploads.append', { upload, bytes })
  }
  return upload
}
