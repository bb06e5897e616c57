import { basename } from 'node:path'
import type { contract } from '#core/contract'
import type { DatasetMeta } from '#core/jobContract'
import type { Cancel } from '#core/rpc/cancel'
import type { ItemOf } from '#core/rpc/contract'
import { RpcError } from '#core/rpc/rpcError'
import type { Store } from '#db/store'
import type { DatasetFolder } from './datasetFolder.ts'
import type { JobQueue } from './jobQueue.ts'
import type { Uploads } from './uploads.ts'

/**
 * Turns an upload into a dataset: all of it or nothing. The uploaded file is gone afterwards.
 * @param add stores the metadata, once the dataset file is whole and on the disk
 * @throws RpcError `BAD_INPUT` when the name is taken, and what the import says of the file
 */
export async function* importDataset(
  host: {
    readonly store: Store
    readonly queue: JobQueue
    readonly folder: DatasetFolder
    readonly uploads: Uploads
  },
  upload: string,
  name: string,
  cancel: Cancel,
  add: (meta: DatasetMeta) => void,
): AsyncGenerator<ItemOf<(typeof contract)['datasets.import']>> {
  const { store, queue, folder, uploads } = host
  const requireFree = () => {
    if (!store.datasets.get(name)) return
    const message = `there is already a dataset "${name}"; choose another name or delete that one`
    throw new RpcError('BAD_INPUT', message, [{ path: 'name', message }])
  }
  requireFree()
  try {
    const file = await uploads.complete(upload)
    for await (const event of queue.importFile({ file, name, folder: folder.path }, cancel)) {
      if (event.type === 'progress') {
        const share = event.total > 0 ? event.bytes / event.total : 0
        yield { type: 'progress', share, rows: event.rows }
      } else {
        requireFree() // another client may have taken the name meanwhile
        // the name alone, so that the workspace can be moved with its files
        const meta = { ...event.meta, path: basename(event.meta.path) }
        add(meta)
        yield { type: 'finished', meta, problems: event.problems }
      }
    }
  } finally {
    await uploads.remove(upload)
  }
}
