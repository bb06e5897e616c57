import type { Interrupt } from '#electron/cli/follow'
import type { Terminal } from '#electron/cli/terminal'

/** A terminal that remembers what was written to it. */
export interface RememberingTerminal extends Terminal {
  readonly stdout: string
  readonly stderr: string
}

export function rememberingTerminal(width: number | null = null): RememberingTerminal {
  let stdout = ''
  let stderr = ''
  return {
    width,
    out: (text) => (stdout += text),
    err: (text) => (stderr += text),
    get stdout() {
      return stdout
    },
    get stderr() {
      return stderr
    },
  }
}

/** Nobody presses Ctrl+C. */
export const noInterrupt: Interrupt = { onInterrupt: () => () => undefined }
