import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, chromium, type Page } from 'playwright-core'
import { findElectron } from '#electron/electronBinary'
import { projectRoot } from '#electron/projectRoot'
import { cannotShow } from '#electron/start'

/** Electron's own module as a test sees it in the main process, with the stand-in's record beside it. */
type ElectronModule = typeof import('electron') & { readonly standin?: StandinRecord }

interface StandinRecord {
  readonly record: {
    readonly openedExternally: readonly string[]
    readonly errorBoxes: readonly { readonly title: string; readonly content: string }[]
    readonly blockedRequests: readonly string[]
  }
}

/** The running app, in Electron or in its stand-in: tests can not tell which. */
export interface RunningApp {
  readonly kind: 'electron' | 'stand-in'
  readonly page: Page
  /** Runs a function in the main process; it sees nothing of the test but its argument. */
  evaluate<A, R>(
    f: (electron: ElectronModule, argument: A) => R | Promise<R>,
    argument: A,
  ): Promise<R>
  /** The exit code, once the app has ended. */
  readonly exited: Promise<number | null>
  /** Quits as a user does; kills after 10 s. */
  close(): Promise<void>
}

export interface LaunchOptions {
  readonly env?: Readonly<Record<string, string>>
}

/** Where Electron's binary lies, if it does and there is a display to show its window on. */
export const electronPath =
  cannotShow({ platform: process.platform, env: process.env }) === undefined
    ? findElectron(join(projectRoot, 'node_modules/electron'), process.env)
    : undefined

/** Starts the built app, in Electron where its binary is present. */
export function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  return electronPath === undefined ? launchStandin(options) : launchReal(electronPath, options)
}

async function launchReal(
  executablePath: string,
  { env = {} }: LaunchOptions,
): Promise<RunningApp> {
  const userData = await mkdtemp(join(tmpdir(), 'duelist-electron-'))
  const confined = process.getuid?.() === 0 || process.env['CI'] !== undefined
  const app = await _electron.launch({
    executablePath,
    args: [projectRoot, `--user-data-dir=${userData}`, ...(confined ? ['--no-sandbox'] : [])],
    env: { ...cleanEnv(), DUELIST_DB: join(userData, 'test.db'), ...env },
  })
  const child = app.process()
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  return {
    kind: 'electron',
    page: await app.firstWindow(),
    evaluate: (f, argument) => app.evaluate(f as never, argument) as never,
    exited,
    close: async () => {
      await app.close()
      await rm(userData, { recursive: true, force: true })
    },
  }
}

async function launchStandin({ env = {} }: LaunchOptions): Promise<RunningApp> {
  const userData = await mkdtemp(join(tmpdir(), 'duelist-standin-'))
  const port = await freePort()
  const child = startStandin({
    STANDIN_CDP_PORT: String(port),
    STANDIN_USER_DATA: userData,
    DUELIST_DB: join(userData, 'test.db'),
    ...env,
  })
  const exited = once(child, 'exit').then(async ([code]) => {
    await rm(userData, { recursive: true, force: true, maxRetries: 5 })
    return code as number | null
  })
  await Promise.race([
    messageWith(child, (message) => 'ready' in message),
    exited.then((code) => {
      throw new Error(`the app ended with ${String(code)} before it was ready`)
    }),
  ])
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${String(port)}`)
  const page = browser.contexts()[0]!.pages()[0]!
  await page.waitForURL(/\.invalid\//)
  return {
    kind: 'stand-in',
    page,
    evaluate: (f, argument) => ask(child, String(f), argument) as never,
    exited,
    close: async () => {
      child.send(
        { id: 0, evaluate: '({ app }) => { app.quit() }', argument: null },
        () => undefined,
      )
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await exited
      clearTimeout(timer)
      await browser.close().catch(() => undefined)
    },
  }
}

/** The app's own process, for tests that look at its end. */
export function startStandin(env: Readonly<Record<string, string>>): ChildProcess {
  const register = join(import.meta.dirname, 'standin/register.ts')
  return spawn(
    process.execPath,
    ['--import', register, '--enable-source-maps', join(projectRoot, 'dist/main/main.js')],
    {
      cwd: projectRoot,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
      env: { ...cleanEnv(), ...env },
    },
  )
}

type Reply = Readonly<Record<string, unknown>>
let lastQuestion = 0

async function ask(child: ChildProcess, evaluate: string, argument: unknown): Promise<unknown> {
  const id = ++lastQuestion
  const answered = messageWith(child, (message) => message['id'] === id)
  child.send({ id, evaluate, argument })
  const reply = await answered
  if (typeof reply['error'] === 'string') throw new Error(reply['error'])
  return reply['value']
}

function messageWith(child: ChildProcess, wanted: (message: Reply) => boolean): Promise<Reply> {
  return new Promise((resolve) => {
    const listen = (message: Reply) => {
      if (!wanted(message)) return
      child.off('message', listen)
      resolve(message)
    }
    child.on('message', listen)
  })
}

/** Without what vitest sets for its own workers. */
function cleanEnv(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(VITEST|NODE_OPTIONS|NODE_ENV|TEST$)/.test(entry[0]),
  )
  return Object.fromEntries(kept)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
