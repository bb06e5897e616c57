import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { ImportEvent, ImportJob } from '#core/jobContract'
import { cancelSource } from '#core/rpc/cancel'
import { importFile } from '#electron/worker/import/importFile'

/** A folder for files and one for datasets, and imports of the one into the other. */
export interface Importing {
  readonly base: string
  readonly folder: string
  readonly rejects: string
  /** @returns the path */
  write(name: string, content: string | Uint8Array): string
  job(file: string, wishes?: Partial<ImportJob>): ImportJob
  /** Imports to the end. @returns the last event */
  run(
    file: string,
    wishes?: Partial<ImportJob>,
  ): Promise<Extract<ImportEvent, { readonly type: 'finished' }>>
  end(): void
}

export const sent = (path: string) => ({ path, name: basename(path) })

export function importing(): Importing {
  const base = mkdtempSync(join(tmpdir(), 'duelist-import-'))
  const folder = join(base, 'datasets')
  const rejects = join(base, 'rejects.csv')
  mkdirSync(folder)
  const job = (file: string, wishes: Partial<ImportJob> = {}): ImportJob => ({
    file: sent(file),
    companions: [],
    events: null,
    name: 'mine',
    folder,
    work: join(wishes.folder ?? folder, `${randomUUID()}.work`),
    plan: null,
    maxBad: null,
    rejects,
    now: 1_800_000_000,
    ...wishes,
  })
  return {
    base,
    folder,
    rejects,
    job,
    write(name, content) {
      const file = join(base, name)
      writeFileSync(file, content)
      return file
    },
    async run(file, wishes) {
      for await (const event of importFile(job(file, wishes), cancelSource().cancel)) {
        if (event.type === 'finished') return event
      }
      throw new Error('the import did not finish')
    },
    end: () => rmSync(base, { recursive: true, force: true }),
  }
}
