import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

/** Builds dist when a source is newer, as `npm test` has done before; for a test file run alone. */
export async function prepareBuild(): Promise<void> {
  await run(process.execPath, [join(root, 'electron/bootstrap.mjs'), 'prepare'], { cwd: root })
}

/** The same for vitest, before the first file of a project. */
export const setup = (): Promise<void> => prepareBuild()
