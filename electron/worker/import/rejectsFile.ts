import { open, rm, type FileHandle } from 'node:fs/promises'

const mostBytes = 32 << 20

/** Collects the rows that an import leaves out as CSV: where, why, what to do, and the row itself. */
export interface RejectsFile {
  readonly count: number
  add(row: number, column: string, fix: string, values: readonly string[]): void
  /** Writes what is waiting. */
  flush(): Promise<void>
  /** @returns whether there is a file */
  close(): Promise<boolean>
}

/** Made at the first row; cut off, with a line that says so, where it would be too large to save. */
export function rejectsFile(path: string): RejectsFile {
  let file: FileHandle | null = null
  let waiting: string[] = []
  let bytes = 0
  let count = 0
  const flush = async () => {
    if (waiting.length === 0) return
    const text = waiting.join('')
    waiting = []
    if (!file) {
      file = await open(path, 'w')
      await file.writeFile('\uFEFFrow,column,what to do,values\n')
    }
    await file.writeFile(text)
  }
  return {
    get count() {
      return count
    },
    add(row, column, fix, values) {
      count++
      if (bytes > mostBytes) return
      const line = `${[String(row), column, fix, ...values].map(csvField).join(',')}\n`
      bytes += line.length
      waiting.push(bytes > mostBytes ? ',,and more rows that do not fit into this file\n' : line)
    },
    flush,
    async close() {
      await flush()
      await file?.close()
      return file !== null
    },
  }
}

export const removeRejects = (path: string): Promise<void> => rm(path, { force: true })

/** Quoted where it must be; a value that a spreadsheet would run as a formula gets a quote mark. */
function csvField(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
