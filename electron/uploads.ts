import { randomUUID } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { RpcError } from '#core/rpc/rpcError'

const PIECE_BYTES = 256 * 1024
const FILE_BYTES = 16 * 1024 ** 3
const FILES = 8

/** The files that one client is sending. They live until imported, aborted, or the client is gone. */
export interface Uploads {
  /** @returns the id of the upload */
  begin(fileName: string): Promise<string>
  /** @throws RpcError `BAD_INPUT` for a piece that is too large, `NOT_FOUND` for an unknown upload */
  append(id: string, bytes: Uint8Array): Promise<void>
  /** Ends the upload; the file stays until `remove`. @returns its path */
  complete(id: string): Promise<string>
  /** Removes the file, finished or not; an unknown upload is removed already. */
  remove(id: string): Promise<void>
  close(): Promise<void>
}

/** @param folder for files under way; made when the first one begins */
export function uploads(folder: string): Uploads {
  const files = new Map<string, Upload>()

  function find(id: string): Upload {
    const upload = files.get(id)
    if (upload) return upload
    throw new RpcError('NOT_FOUND', 'there is no such upload; send the file again')
  }

  async function remove(id: string): Promise<void> {
    const upload = files.get(id)
    if (!upload) return // an id that is not ours might be a path
    files.delete(id)
    await upload.last.catch(() => undefined) // who appended has been told
    await upload.file.close()
    await rm(join(folder, id), { recursive: true, force: true })
  }

  return {
    async begin(fileName) {
      if (files.size >= FILES) {
        throw new RpcError('BUSY', `${FILES} files are being sent already; wait for one to end`)
      }
      const id = randomUUID()
      await mkdir(join(folder, id), { recursive: true })
      const path = join(folder, id, plainName(fileName))
      files.set(id, { path, file: await open(path, 'wx'), bytes: 0, last: Promise.resolve() })
      return id
    },
    append(id, bytes) {
      const upload = find(id)
      if (bytes.length > PIECE_BYTES) throw tooLarge('bytes', bytes.length, PIECE_BYTES)
      upload.bytes += bytes.length
      if (upload.bytes > FILE_BYTES) throw tooLarge('upload', upload.bytes, FILE_BYTES)
      // one after the other, in the order in which they came
      upload.last = upload.last.then(async () => {
        await upload.file.writeFile(bytes)
      })
      return upload.last
    },
    async complete(id) {
      const upload = find(id)
      await upload.last
      return upload.path
    },
    remove,
    async close() {
      await Promise.all([...files.keys()].map(remove))
    },
  }
}

interface Upload {
  readonly path: string
  readonly file: FileHandle
  bytes: number
  last: Promise<void>
}

function tooLarge(path: string, bytes: number, limit: number): RpcError {
  const message = `${bytes} bytes are more than the ${limit} that are allowed`
  return new RpcError('BAD_INPUT', message, [{ path, message }])
}

/** The name alone, without what some file system would take for more. */
function plainName(fileName: string): string {
  const plain = fileName.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_').slice(-120)
  return /^\.*$/.test(plain) ? 'file' : plain
}
