import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { DatasetMeta } from '#core/dataset/datasetMeta'
import type { DatasetFile } from '#core/jobContract'
import { IN_MEMORY } from '#db/open'
import type { Store } from '#db/store'
import { vectorsBeside } from './vectorsBeside.ts'

/** The files beside a workspace: datasets by the hash of their content, and uploads under way. */
export interface DatasetFolder {
  readonly path: string
  readonly uploads: string
  /** A name for a folder that a job makes for itself, and that goes when the job is over. */
  work(): string
  /** @throws Error that asks to import the dataset again, when it is gone */
  file(name: string, hash: string): DatasetFile
  /** Removes the content unless another dataset has it as well. */
  release(meta: Pick<DatasetMeta, 'hash' | 'path'>): Promise<void>
  close(): Promise<void>
}

/** Makes the folder and removes what an earlier host left half-done. */
export async function datasetFolder(workspace: string, store: Store): Promise<DatasetFolder> {
  const isTemporary = workspace === IN_MEMORY
  const path = isTemporary ? await mkdtemp(join(tmpdir(), 'duelist-')) : `${workspace}.files`
  const uploads = join(path, 'uploads')
  await mkdir(path, { recursive: true })
  await rm(uploads, { recursive: true, force: true })
  const known = new Set(store.datasets.list().map((meta) => basename(meta.path)))
  const leftovers = (await readdir(path)).filter(
    (name) => isOurs.test(name) && !known.has(name.replace(/\.vectors$/, '')),
  )
  await Promise.all(leftovers.map((name) => removeAll(join(path, name))))
  return {
    path,
    uploads,
    work: () => join(path, `${randomUUID()}.work`),
    file(name, hash) {
      const meta = store.datasets.list().find((stored) => stored.hash === hash)
      if (!meta) {
        throw new Error(`the dataset "${name}" is no longer in the workspace; import it again`)
      }
      return { name, hash, path: join(path, basename(meta.path)) }
    },
    async release({ hash, path: file }) {
      if (store.datasets.holds(hash)) return
      const own = join(path, basename(file))
      await Promise.all([own, vectorsBeside(own)].map(removeAll))
    },
    async close() {
      await rm(isTemporary ? path : uploads, { recursive: true, force: true })
    },
  }
}

/** Datasets, and what an import wrote on its way to one. */
const isOurs = /\.(ratings|log|work)(\.|$)/

const removeAll = (path: string) => rm(path, { recursive: true, force: true })
