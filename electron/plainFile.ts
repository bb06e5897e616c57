import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { RpcError } from '#core/rpc/rpcError'

/**
 * Bytes of a plain file that somebody named. A directory, pipe or device is refused before anything
 * opens it: a pipe would wait for ever, a device might never end.
 * @throws RpcError `BAD_FILE` with a sentence that names the file, not its path
 */
export async function plainFileSize(file: string): Promise<number> {
  const found = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error)
  })
  if (found.isDirectory()) throw badFile(`${basename(file)} is a folder: name the file in it`)
  if (!found.isFile()) {
    throw badFile(`${basename(file)} is not a plain file (a pipe, socket or device): save it first`)
  }
  return found.size
}

export function badFile(message: string, fields: RpcError['fields'] = []): RpcError {
  return new RpcError('BAD_FILE', message, fields)
}

/** What the file system says, as a sentence. */
export function unreadable(file: string, error: unknown): RpcError {
  const name = basename(file)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  switch (code) {
    case 'ENOENT':
      return badFile(`there is no file ${name}: check the path`)
    case 'EACCES':
    case 'EPERM':
      return badFile(`${name} may not be read: change its permissions`)
    default:
      return badFile(`${name} can not be read (${code || String(error)})`)
  }
}
