import { readFile, stat } from 'node:fs/promises'
import { readModelFile, type ModelFile } from '#core/model/modelFile'
import { RpcError } from '#core/rpc/rpcError'
import type { ApiContext } from './api.ts'

/** A model of a million items and eight numbers each has 32 MB. */
const MOST_BYTES = 512 << 20

/**
 * The model in an uploaded file, marked as coming from elsewhere.
 * @throws RpcError `BAD_INPUT` saying what is wrong with the file
 */
export async function openModel({ uploads }: ApiContext, upload: string): Promise<ModelFile> {
  const { path, name } = await uploads.complete(upload)
  try {
    if ((await stat(path)).size > MOST_BYTES) {
      throw new RangeError('the file is larger than 512 MiB')
    }
    const file = readModelFile(new Uint8Array(await readFile(path)))
    return { ...file, provenance: { ...file.provenance, imported: name } }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RpcError('BAD_INPUT', `${name}: ${error.message}`)
  } finally {
    await uploads.remove(upload)
  }
}
