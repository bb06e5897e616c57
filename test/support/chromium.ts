import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { chromium, type Browser } from 'playwright-core'

const root = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

/**
 * The browser that tests drive: `DUELIST_CHROMIUM` if set, else the packaged Chromium, unpacked once
 * per version into the project's own cache. The package itself unpacks into the shared temp folder
 * and takes whatever lies there already, so that two versions on one machine would mix their files.
 * @throws Error when the platform has no packaged Chromium and the variable is not set
 */
export async function chromiumPath(): Promise<string> {
  const own = process.env['DUELIST_CHROMIUM']
  if (own) return own
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `no packaged Chromium for ${process.platform}-${process.arch}: set DUELIST_CHROMIUM`,
    )
  }
  const folder = join(root, 'node_modules/.cache', `chromium-${await packagedVersion()}`)
  if (!existsSync(join(folder, 'chromium'))) await unpack(folder)
  return join(folder, 'chromium')
}

/** A headless Chromium for page tests; the caller closes it. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumPath(), args: [...chromiumFlags()] })
}

/** Flags for every launch. The sandbox goes only where it can not start: as root and in containers of CI. */
export function chromiumFlags(): readonly string[] {
  const confined = process.getuid?.() === 0 || process.env['CI'] !== undefined
  return [
    ...(confined ? ['--no-sandbox'] : []),
    '--disable-dev-shm-usage',
    '--font-render-hinting=none',
  ]
}

async function packagedVersion(): Promise<string> {
  // the package exports no package.json: climb from its entry to the one that bears its name
  let folder = dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'))
  for (;;) {
    const file = join(folder, 'package.json')
    const manifest = existsSync(file)
      ? (JSON.parse(await readFile(file, 'utf8')) as { name?: string; version?: string })
      : {}
    if (manifest.name === '@sparticuz/chromium' && manifest.version) return manifest.version
    if (dirname(folder) === folder) throw new Error('@sparticuz/chromium has no package.json')
    folder = dirname(folder)
  }
}

/** Unpacks beside the cache and renames, so that test files which start together do not share a half. */
async function unpack(folder: string): Promise<void> {
  const partial = `${folder}.${String(process.pid)}`
  await mkdir(partial, { recursive: true })
  const script = "await (await import('@sparticuz/chromium')).default.executablePath()"
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    env: { ...process.env, TMPDIR: partial },
  })
  try {
    await rename(partial, folder)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    if (!existsSync(join(folder, 'chromium'))) throw error
  }
}
