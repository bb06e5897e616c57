/** Where a command writes; tests give it one that remembers. */
export interface Terminal {
  /** Results, on standard output. */
  readonly out: (text: string) => void
  /** Progress and errors, on standard error. */
  readonly err: (text: string) => void
  /** Columns of the terminal that shows errors; null when it is no terminal. */
  readonly width: number | null
}

export function processTerminal(): Terminal {
  // `duelist list | head` closes the pipe early; that is no failure of ours
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    width: process.stderr.isTTY ? process.stderr.columns : null,
  }
}
