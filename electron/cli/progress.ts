import { formatPercent } from '#core/format'
import type { Terminal } from './terminal.ts'

const BAR = 24

/** How far a job is in words; without a share there is no bar yet. */
export interface ProgressLine {
  readonly stage: string
  readonly share: number | null // 0 … 1
  readonly words: readonly string[]
}

/** A bar that is drawn over itself on a terminal, else a line every tenth. */
export function barOf(terminal: Terminal): {
  show(line: ProgressLine): void
  /** Clears the bar, so that what follows starts on a clean line. */
  end(): void
} {
  const { width } = terminal
  let last = ''
  let drawn = false
  return {
    show({ stage, share, words }) {
      const text = [...(share === null ? [] : [bar(share)]), ...words].join('  ')
      if (width !== null) {
        terminal.err(`\r\u001b[2K${text.slice(0, Math.max(20, width - 1))}`)
        drawn = true
        return
      }
      if (share === null) return
      const tenth = `${stage} ${Math.floor(10 * share)}`
      if (tenth === last) return
      last = tenth
      terminal.err(`${text}\n`)
    },
    end() {
      if (drawn) terminal.err('\r\u001b[2K')
      drawn = false
    },
  }
}

function bar(share: number): string {
  const filled = Math.round(BAR * Math.min(1, share))
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${formatPercent(Math.min(1, share), 0)}`
}
