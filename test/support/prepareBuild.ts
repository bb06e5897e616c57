import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

/**
 * Builds dist when a source is newer, as `npm test` has done before; for a test file run alone. The build
 * is the one that ships, not one of the test's mode.
 */
export async function prepareBuild(): Promise<void> {
  const env = { ...process.env, NODE_ENV: 'production' }
  await run(process.execPath, [join(root, 'electron/bootstrap.mjs'), 'prepare'], { cwd: root, env })
}

/** The same for vitest, before the first file of a project. */
export const setup = (): Promise<void> => prepareBuild()
