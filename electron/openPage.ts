import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Long enough for a browser to start and read the file. */
const KEEP_MS = 60_000

/**
 * Opens an address that holds a secret in the user's browser. The command line of a process can be
 * read by everybody on the machine, so the browser is given a file that only the user may read.
 * Fails quietly where there is no browser: the address has been printed.
 */
export async function openPage(url: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'duelist-'))
  const file = join(folder, 'open.html')
  const page = `<!doctype html><meta http-equiv="refresh" content="0;url=${url}"><title>Duelist</title>`
  await writeFile(file, page, { mode: 0o600 })
  const [command, ...args] = opener(process.platform)
  const child = spawn(command, [...args, file], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
  setTimeout(() => void rm(folder, { recursive: true, force: true }), KEEP_MS).unref()
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
}

function opener(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['explorer.exe']
  return ['xdg-open']
}
