import { randomUUID } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { RpcError } from '#core/rpc/rpcError'

const PIECE_BYTES = 256 * 1024
const FILE_BYTES = 16 * 1024 ** 3
const FILES = 8
/** Beside the upload, in a folder of its own kind. */
const REJECTS = 'rejected rows'

/** The files that one client is sending. They live until imported, aborted, or the client is gone. */
export interface Uploads {
  /** @returns the id of the upload */
  begin(fileName: string): Promise<string>
  /** @throws RpcError `BAD_INPUT` for a piece that is too large, `NOT_FOUND` for an unknown upload */
  append(id: string, bytes: Uint8Array): Promise<void>
  /** Ends the upload; the file stays until `remove`. @returns where it is, and how it was called */
  complete(id: string): Promise<{ readonly path: string; readonly name: string }>
  /** Where an import of the upload puts the rows that it leaves out. */
  rejects(id: string): string
  /** A piece of those rows, at most as long as a piece that is sent. */
  readRejects(
    id: string,
    from: number,
  ): Promise<{ readonly bytes: Uint8Array; readonly total: number }>
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
      await mkdir(join(folder, id, 'file'), { recursive: true })
      const path = join(folder, id, 'file', plainName(fileName))
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
      return { path: upload.path, name: basename(upload.path) }
    },
    rejects(id) {
      find(id)
      return join(folder, id, REJECTS)
    },
    async readRejects(id, from) {
      find(id)
      const file = await open(join(folder, id, REJECTS), 'r').catch(() => {
        throw new RpcError('NOT_FOUND', 'no row of this file was left out')
      })
      try {
        const { size } = await file.stat()
        const { bytesRead, buffer } = await file.read(
          new Uint8Array(PIECE_BYTES),
          0,
          PIECE_BYTES,
          from,
        )
        return { bytes: buffer.slice(0, bytesRead), total: size }
      } finally {
        await file.close()
      }
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
