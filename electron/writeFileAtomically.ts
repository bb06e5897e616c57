import { randomUUID } from 'node:crypto'
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { RpcError } from '#core/rpc/rpcError'
import { badFile } from './plainFile.ts'
import { storageFault } from './storageFault.ts'

/** What becomes of a file: bytes, text, or pieces of either as they come. */
type FileContent = Uint8Array | string | AsyncIterable<Uint8Array | string>

/**
 * Writes a file whole or not at all: under a temporary name in the same folder, flushed to the disk,
 * then renamed over what was there. A link stays one, and what it points at is written; a pipe or a device
 * takes the content as it comes.
 * @throws RpcError `BAD_FILE` or `STORAGE` that names the file and the remedy, or what the content throws;
 * nothing is left behind then
 */
export async function writeFileAtomically(path: string, content: FileContent): Promise<void> {
  try {
    const target = await targetOf(path)
    if (target === null) await writeFile(path, content)
    else await replace(target, content)
  } catch (error) {
    throw unwritable(path, error)
  }
}

/**
 * Asks beforehand, where the content takes long to make.
 * @throws RpcError `BAD_FILE` where nothing could be written
 */
export async function mustBeWritable(path: string): Promise<void> {
  try {
    if ((await targetOf(path)) !== null) await replace(path, null)
  } catch (error) {
    throw unwritable(path, error)
  }
}

/** The file itself; null for what is no plain file. */
async function targetOf(path: string): Promise<string | null> {
  const found = await stat(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  })
  if (found === null) return path
  if (found.isDirectory()) throw badFile(`${basename(path)} is a folder: name a file in it`)
  return found.isFile() ? realpath(path) : null
}

/** @param content null: only tries whether it could be written */
async function replace(path: string, content: FileContent | null): Promise<void> {
  const partial = `${path}.${randomUUID()}.part`
  try {
    const file = await open(partial, 'wx')
    try {
      if (content !== null) await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    if (content === null) await rm(partial)
    else await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

/** What the file system says, as a sentence; other errors as they are. */
function unwritable(path: string, error: unknown): unknown {
  if (error instanceof RpcError || !(error instanceof Error) || !('code' in error)) return error
  const name = basename(path)
  const fault = storageFault(error)
  if (fault === 'full') {
    return new RpcError(
      'STORAGE',
      `${name} can not be written, as the disk is full: free some space`,
    )
  }
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return badFile(
        `${path} can not be written, as there is no such folder: make it, or name another`,
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return badFile(`${path} may not be written: change the rights of its folder, or name another`)
    case 'ENAMETOOLONG':
      return badFile(`the name of ${name.slice(0, 40)}… is too long for this disk: name another`)
    default:
      return new RpcError('STORAGE', `${name} can not be written (${String(error.code)})`)
  }
}
