import { accessSync, closeSync, constants, openSync, readSync, statSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import { checkIdentity } from './format.ts'
import { WorkspaceError } from './workspaceError.ts'

const MAGIC = 'SQLite format 3\0'

/**
 * Reads the header of a workspace file without SQLite, so that a file which is not ours to open is
 * left without so much as a journal beside it. A file that does not exist yet passes.
 *
 * Source of the offsets: https://sqlite.org/fileformat.html §1.3.
 * @throws WorkspaceError
 */
export function checkFile(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return
  if (!stats.isFile()) throw new WorkspaceError('FOREIGN', `${path} is not a file`)
  requireWritable(path)
  if (stats.size === 0) return
  const header = readHeader(path)
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new WorkspaceError('FOREIGN', `${path} is not a Duelist workspace; choose another file`)
  }
  const version = header.readUInt32BE(60)
  const application = header.readUInt32BE(68)
  // both are 0 while the first transaction is still in the write-ahead log; SQLite tells then
  if (application !== 0 || version !== 0) checkIdentity(path, application, version)
  checkLength(path, header, stats)
}

function requireWritable(path: string): void {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    accessSync(dirname(path), constants.W_OK)
  } catch (error) {
    throw new WorkspaceError(
      'READ_ONLY',
      `${path} can not be written; check the rights of the file and of its folder`,
      { cause: error },
    )
  }
}

function readHeader(path: string): Buffer {
  const header = Buffer.alloc(100)
  const file = openSync(path, 'r')
  try {
    readSync(file, header, 0, header.length, 0)
  } finally {
    closeSync(file)
  }
  return header
}

/** A file cut short is told here, unless a log beside it may still hold the missing pages. */
function checkLength(path: string, header: Buffer, stats: Stats): void {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false })
  const countIsCurrent = header.readUInt32BE(24) === header.readUInt32BE(92)
  if ((log && log.size > 0) || !countIsCurrent) return
  const rawSize = header.readUInt16BE(16)
  const expected = header.readUInt32BE(28) * (rawSize === 1 ? 65_536 : rawSize)
  if (stats.size < expected) {
    throw new WorkspaceError(
      'CORRUPT',
      `${path} is damaged: it has ${stats.size} of ${expected} bytes; restore it from a backup or ` +
        'choose another file',
    )
  }
}
