import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Electron's binary, or why there is none. */
export type ElectronBinary = { readonly path: string } | { readonly missing: string }

export interface FetchOptions {
  /** The folder of the `electron` package. */
  readonly folder: string
  /** Remembers a fetch that failed. */
  readonly memory: string
  /** Milliseconds since 1970. */
  readonly now: number
  readonly limitMs: number
  readonly env: NodeJS.ProcessEnv
  readonly log: (line: string) => void
}

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Where Electron's binary lies, if it does. Never by importing the package: under plain Node its
 * main module starts a download.
 */
export function findElectron(folder: string, env: NodeJS.ProcessEnv): string | undefined {
  const named = join(folder, 'path.txt')
  const own = existsSync(named) ? readFileSync(named, 'utf8').trim() : undefined
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (!override && !own) return undefined
  const file = join(override ?? join(folder, 'dist'), own ?? defaultName(process.platform))
  return existsSync(file) ? file : undefined
}

/**
 * Fetches the binary with the package's own installer, under a time limit, since a network that
 * drops packets would hold it for ever. A failure is remembered for a day, so that the next start
 * does not wait for the same again.
 */
export async function fetchElectron(options: FetchOptions): Promise<ElectronBinary> {
  const { folder, memory, now, limitMs, env, log } = options
  const installer = join(folder, 'install.js')
  if (!existsSync(installer)) return { missing: 'the electron package is not installed' }
  const failed = await lastFailure(memory)
  if (failed !== undefined && now - failed < DAY_MS && now >= failed) {
    return { missing: 'Electron could not be fetched lately; npx install-electron tries again' }
  }
  log(`Fetching Electron once (about 110 MB, for at most ${String(Math.round(limitMs / 1000))} s).`)
  const reason = await runInstaller(installer, limitMs, env)
  const path = reason === undefined ? findElectron(folder, env) : undefined
  if (path !== undefined) {
    await rm(memory, { force: true })
    return { path }
  }
  await mkdir(dirname(memory), { recursive: true })
  await writeFile(memory, String(now))
  return { missing: `Electron could not be fetched (${reason ?? 'it left no binary'})` }
}

async function lastFailure(memory: string): Promise<number | undefined> {
  if (!existsSync(memory)) return undefined
  const at = Number(await readFile(memory, 'utf8'))
  return Number.isFinite(at) ? at : undefined
}

/** @returns why it failed, in a few words, or undefined */
function runInstaller(
  installer: string,
  limitMs: number,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], { stdio: ['ignore', 'ignore', 'pipe'], env })
    let said = ''
    child.stderr.on('data', (text: Buffer) => (said += text.toString()))
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      resolve(`not within ${String(Math.round(limitMs / 1000))} s`)
    }, limitMs)
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve(code === 0 ? undefined : firstLine(said))
    })
  })
}

function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? 'no reason given'
  )
}

function defaultName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}
