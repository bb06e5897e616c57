import { basename } from 'node:path'
import type { DatasetImportEvent } from '#core/contract/datasets'
import type { ImportPlan } from '#core/dataset/importPlan'
import type { ImportEvent } from '#core/jobContract'
import type { Cancel } from '#core/rpc/cancel'
import { RpcError } from '#core/rpc/rpcError'
import type { Store } from '#db/store'
import type { DatasetFolder } from './datasetFolder.ts'
import type { JobQueue } from './jobQueue.ts'
import type { Uploads } from './uploads.ts'

export interface ImportWish {
  readonly upload: string
  readonly companions: readonly string[]
  readonly events: { readonly upload: string; readonly window: number | null } | null
  readonly name: string
  readonly plan: ImportPlan | null
  readonly maxBad: number | null
}

/**
 * Turns an upload into a dataset: all of it or nothing. The same content under the same name is a
 * dataset already.
 * @param add stores the metadata, once the dataset is whole and on the disk
 * @throws RpcError `BAD_INPUT` when the name is taken by other content, and what the import says of
 * the file
 */
export async function* importDataset(
  host: {
    readonly store: Store
    readonly queue: JobQueue
    readonly folder: DatasetFolder
    readonly uploads: Uploads
    readonly now: () => number
  },
  wish: ImportWish,
  cancel: Cancel,
  add: (event: Extract<ImportEvent, { readonly type: 'finished' }>) => void,
): AsyncGenerator<DatasetImportEvent> {
  const { store, queue, folder, uploads, now } = host
  const { name, plan, maxBad } = wish
  const file = await uploads.complete(wish.upload)
  const companions = await Promise.all(wish.companions.map((id) => uploads.complete(id)))
  const events = wish.events && {
    file: await uploads.complete(wish.events.upload),
    window: wish.events.window,
  }
  const job = {
    file,
    companions,
    events,
    name,
    folder: folder.path,
    work: folder.work(),
    plan,
    maxBad,
    rejects: uploads.rejects(wish.upload),
    now: now() / 1000,
  }
  for await (const event of queue.importFile(job, cancel)) {
    if (event.type === 'progress') {
      yield event
      continue
    }
    // the name alone, so that the workspace can be moved with its files
    const meta = { ...event.meta, path: basename(event.meta.path) }
    const known = store.datasets.get(name)
    if (known && known.hash !== meta.hash) {
      await folder.release(meta)
      const message = `there is already a dataset "${name}" with other content; choose another name or delete that one`
      throw new RpcError('BAD_INPUT', message, [{ path: 'name', message }])
    }
    if (!known) add({ ...event, meta })
    yield { type: 'finished', meta: known ?? meta, report: event.report, isNew: !known }
  }
}
