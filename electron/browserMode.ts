import { join } from 'node:path'
import { createHost } from './host.ts'
import { projectRoot } from './projectRoot.ts'
import { serveWeb } from './web.ts'
import { forkWorker } from './worker/fork.ts'
import { defaultWorkspace } from './workspacePath.ts'

export interface BrowserModeOptions {
  /** A free one when left out. */
  readonly port?: number
  /** Opens the page in the user's browser. */
  readonly open: boolean
  readonly log: (line: string) => void
}

/**
 * The host and the page's server in this process, until it is told to stop by a signal. `npm start`
 * without a desktop and `duelist serve` are this.
 * @returns the exit code
 */
export async function browserMode(options: BrowserModeOptions): Promise<number> {
  const workspace = await defaultWorkspace()
  const host = await createHost({ workspace, fork: forkWorker, now: Date.now })
  try {
    const server = await serveWeb({
      host,
      rendererDir: join(projectRoot, 'dist/renderer'),
      ...options,
    })
    await Promise.race([server.closed, stopSignal()])
    await server.close()
    return 0
  } finally {
    await host.close()
  }
}

/** npm and the terminal may both pass on one Ctrl+C; what comes later is meant to end it at once. */
const SAME_SIGNAL_MS = 1000

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined
    const stop = () => {
      first ??= performance.now()
      if (performance.now() - first > SAME_SIGNAL_MS) process.exit(130)
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}
