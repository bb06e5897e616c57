/** Where a command writes; tests give it one that remembers. */
export interface Terminal {
  /** Results, on standard output. */
  readonly out: (text: string) => void
  /** Progress and errors, on standard error. */
  readonly err: (text: string) => void
  /** Columns of the terminal that shows errors; null when it is no terminal. */
  readonly width: number | null
}

/** The terminal of this process, which can tell whether a result could not be written. */
interface ProcessTerminal extends Terminal {
  readonly isBroken: () => boolean
}

export function processTerminal(): ProcessTerminal {
  let isBroken = false
  const { stdout, stderr } = process
  // `duelist list | head` closes the pipe early, and what was started goes on: no failure of ours
  stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || isBroken) return
    isBroken = true
    stderr.write(`duelist: standard output can not be written (${code ?? message})\n`)
  })
  stderr.on('error', () => undefined)
  return {
    out: (text) => {
      if (!isBroken) stdout.write(text)
    },
    err: (text) => void stderr.write(text),
    width: stderr.isTTY ? stderr.columns : null,
    isBroken: () => isBroken,
  }
}
