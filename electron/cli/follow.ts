import type { RunState } from '#core/contract/runs'
import { cancelSource } from '#core/rpc/cancel'
import { barOf, type ProgressLine } from './progress.ts'
import { IN_MEMORY } from './session.ts'
import type { Terminal } from './terminal.ts'

/** Says when somebody asks a command to stop, as Ctrl+C does. */
export interface Interrupt {
  /** @returns its disposer */
  onInterrupt(listener: () => void): () => void
}

/** npm and the terminal may both pass on one Ctrl+C; what comes later is meant to end it at once. */
const SAME_SIGNAL_MS = 1000

/** How a command shows what it follows. */
export interface FollowContext {
  readonly terminal: Terminal
  readonly interrupt: Interrupt
  readonly json: boolean
  readonly db: string | null
}

const ended: ReadonlySet<RunState> = new Set([
  'finished',
  'paused',
  'cancelled',
  'interrupted',
  'failed',
])

/**
 * Shows a job until it ends: a bar, or what `event` makes of each frame as a line of JSON. An
 * interrupt pauses it: what was computed is in the last checkpoint. One that comes later ends a job that
 * does not hear.
 * @returns whether it was interrupted
 */
export async function follow<Frame extends { readonly state: RunState }>(
  frames: AsyncIterable<readonly Frame[]>,
  job: {
    readonly pause: () => Promise<unknown>
    readonly end: () => Promise<unknown>
    readonly line: (frame: Frame) => ProgressLine
    readonly event: (frame: Frame) => string
  },
  { terminal, interrupt, json }: FollowContext,
): Promise<boolean> {
  const bar = json ? null : barOf(terminal)
  const asked = cancelSource()
  let first = 0
  const off = interrupt.onInterrupt(() => {
    if (asked.cancel.aborted) {
      if (performance.now() - first > SAME_SIGNAL_MS) job.end().catch(() => undefined)
      return
    }
    first = performance.now()
    asked.abort()
    bar?.end()
    terminal.err('Pausing …\n')
    // it may have ended in this very moment: the next frame says so
    job.pause().catch(() => undefined)
  })
  try {
    for await (const batch of frames) {
      for (const frame of batch) {
        if (json) terminal.out(job.event(frame))
        else if (!asked.cancel.aborted) bar?.show(job.line(frame))
        if (ended.has(frame.state)) return asked.cancel.aborted
      }
    }
    return asked.cancel.aborted
  } finally {
    off()
    bar?.end()
  }
}

/** What a command that followed a job exits with: 0 done, 1 failed, 130 interrupted. */
export const exitCode = (state: RunState, interrupted: boolean): number =>
  state === 'finished' ? 0 : interrupted ? 130 : 1

/** How to go on with what ended early, where it was kept. */
export function howToGoOn(words: string, db: string | null): string {
  if (db === IN_MEMORY) return 'It was in no workspace, so nothing of it was kept.'
  return `Go on with: npm run -s duelist -- ${words}${db === null ? '' : ` --db ${JSON.stringify(db)}`}`
}
