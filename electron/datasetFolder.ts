import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatasetFile } from '#core/jobContract'
import { IN_MEMORY } from '#db/open'
import type { Store } from '#db/store'

/** The files beside a workspace: datasets by the hash of their content, and uploads under way. */
export interface DatasetFolder {
  readonly path: string
  readonly uploads: string
  /** @throws Error that asks to import the dataset again, when it is gone */
  file(name: string, hash: string): DatasetFile
  /** Removes the content unless another dataset has it as well. */
  release(hash: string): Promise<void>
  close(): Promise<void>
}

/** Makes the folder and removes what an earlier host left half-done. */
export async function datasetFolder(workspace: string, store: Store): Promise<DatasetFolder> {
  const isTemporary = workspace === IN_MEMORY
  const path = isTemporary ? await mkdtemp(join(tmpdir(), 'duelist-')) : `${workspace}.files`
  const uploads = join(path, 'uploads')
  await mkdir(path, { recursive: true })
  await rm(uploads, { recursive: true, force: true })
  const known = new Set(store.datasets.list().map((meta) => contentName(meta.hash)))
  const leftovers = (await readdir(path)).filter(
    (name) => name.includes('.ratings') && !known.has(name),
  )
  await Promise.all(leftovers.map((name) => rm(join(path, name), { force: true })))
  return {
    path,
    uploads,
    file(name, hash) {
      if (!store.datasets.holds(hash)) {
        throw new Error(`the dataset "${name}" is no longer in the workspace; import it again`)
      }
      return { name, hash, path: join(path, contentName(hash)) }
    },
    async release(hash) {
      if (!store.datasets.holds(hash)) await rm(join(path, contentName(hash)), { force: true })
    },
    async close() {
      await rm(isTemporary ? path : uploads, { recursive: true, force: true })
    },
  }
}

const contentName = (hash: string): string => `${hash}.ratings`
