import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { browserMode } from './browserMode.ts'
import { fetchElectron, findElectron, type ElectronBinary } from './electronBinary.ts'
import { launchElectron } from './launchElectron.ts'
import { projectRoot } from './projectRoot.ts'

const FETCH_LIMIT_MS = 120_000

const options = {
  web: { type: 'boolean' },
  open: { type: 'boolean' },
  port: { type: 'string' },
} as const

/**
 * `npm start`: the desktop app where it can run, else the browser mode and one line why.
 * @param argv `--web` the browser mode at once · `--no-open` the same, without opening a browser ·
 *   `--port N` the same, at a port of one's own
 * @returns the exit code
 * @throws Error for an argument that is none of these
 */
export async function start(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options, allowNegative: true })
  const port = values.port === undefined ? undefined : portNumber(values.port)
  const log = (line: string) => console.log(line)

  let why = argv.length > 0 ? 'as asked for on the command line' : cannotShow(process)
  if (why === undefined) {
    const binary = await electronBinary(log)
    if ('path' in binary) {
      const end = await launchElectron(binary.path, projectRoot)
      if (end.kind === 'closed') return end.code
      why = `Electron did not start: ${end.why}`
    } else {
      why = binary.missing
    }
  }
  log(`Browser mode: ${why}.`)
  return browserMode({ open: values.open ?? true, log, ...(port === undefined ? {} : { port }) })
}

/** Why no window can be shown in this session, whatever is installed. */
export function cannotShow(system: {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly getuid?: () => number
}): string | undefined {
  if (system.platform !== 'linux') return undefined
  if (!system.env['DISPLAY'] && !system.env['WAYLAND_DISPLAY']) return 'there is no display'
  return system.getuid?.() === 0 ? "Electron's sandbox does not run as root" : undefined
}

async function electronBinary(log: (line: string) => void): Promise<ElectronBinary> {
  const folder = join(projectRoot, 'node_modules/electron')
  const path = findElectron(folder, process.env)
  if (path !== undefined) return { path }
  return fetchElectron({
    folder,
    memory: join(projectRoot, 'node_modules/.cache/duelist/electron-fetch-failed'),
    now: Date.now(),
    limitMs: FETCH_LIMIT_MS,
    env: process.env,
    log,
  })
}

/** @throws RangeError for what is no TCP port */
export function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new RangeError(`--port ${text} is not a number from 1 to 65535`)
  }
  return port
}
