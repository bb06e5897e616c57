import { readFile, stat } from 'node:fs/promises'
import { readBundle } from '#core/bundle/bundle'
import type { RunId } from '#core/contract'
import { RpcError } from '#core/rpc/rpcError'
import type { ApiContext } from './api.ts'

/** A bundle is a run's points and updates: far less than this. */
const MOST_BYTES = 256 << 20

/**
 * Takes the run of an uploaded bundle into the workspace, with the numbers it was written with.
 * @throws RpcError `BAD_INPUT` saying what is wrong with the bundle
 */
export async function openBundle(
  { store, uploads, now }: ApiContext,
  upload: string,
): Promise<RunId> {
  const { path, name } = await uploads.complete(upload)
  try {
    if ((await stat(path)).size > MOST_BYTES)
      throw new RangeError('the file is larger than 256 MiB')
    const bundle = readBundle(new Uint8Array(await readFile(path)))
    return store.adopt(bundle, new Date(now()).toISOString())
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RpcError('BAD_INPUT', `${name}: ${error.message}`)
  } finally {
    await uploads.remove(upload)
  }
}
