import { spawn } from 'node:child_process'

/** How the desktop app ended. */
export type ElectronEnd =
  | { readonly kind: 'closed'; readonly code: number }
  /** It died before a window can have been of use, for example for want of a system library. */
  | { readonly kind: 'not started'; readonly why: string }

/** The app's exit code after a failure that it has shown to the user itself. */
export const REPORTED = 70

/** A failure that comes this soon is taken for one to start. */
const START_MS = 10_000

/** Runs the desktop app until its last window is closed. */
export function launchElectron(binary: string, root: string): Promise<ElectronEnd> {
  return new Promise((resolve) => {
    const started = performance.now()
    const child = spawn(binary, [root], { stdio: 'inherit' })
    const onTerminate = () => void child.kill('SIGTERM')
    const onInterrupt = () => {
      // a terminal has sent its Ctrl+C to the app as well, and a second one would cut its end short
      if (!process.stdin.isTTY) child.kill('SIGINT')
    }
    process.on('SIGINT', onInterrupt)
    process.on('SIGTERM', onTerminate)
    const end = (result: ElectronEnd) => {
      process.off('SIGINT', onInterrupt)
      process.off('SIGTERM', onTerminate)
      resolve(result)
    }
    child.on('error', (error) => end({ kind: 'not started', why: error.message }))
    child.on('exit', (code, signal) => {
      const asked = signal === 'SIGINT' || signal === 'SIGTERM'
      if (code === 0 || asked) end({ kind: 'closed', code: code ?? 0 })
      else if (code === REPORTED || performance.now() - started > START_MS)
        end({ kind: 'closed', code: code ?? 1 })
      else end({ kind: 'not started', why: `it ended with ${String(code ?? signal)}` })
    })
  })
}
