import type { RunDetail, RunFrame, RunState } from '#core/contract'
import { formatInteger } from '#core/format'
import { cancelSource } from '#core/rpc/cancel'
import { ndjson } from './ndjson.ts'
import { progressOf } from './progress.ts'
import { describeRun } from './describeRun.ts'
import type { Api } from './session.ts'
import type { Terminal } from './terminal.ts'

/** Says when somebody asks a command to stop, as Ctrl+C does. */
export interface Interrupt {
  /** @returns its disposer */
  onInterrupt(listener: () => void): () => void
}

const ended: ReadonlySet<RunState> = new Set([
  'finished',
  'paused',
  'cancelled',
  'interrupted',
  'failed',
])

/**
 * Shows a run until it ends, and its result.
 *
 * An interrupt pauses it: what was computed is in the last checkpoint, and the line that resumes it
 * is printed.
 * @returns the exit code
 */
export async function followRun(
  api: Api,
  run: number,
  context: {
    readonly terminal: Terminal
    readonly interrupt: Interrupt
    readonly json: boolean
    readonly db: string | null
  },
): Promise<number> {
  const { terminal, interrupt, json, db } = context
  const progress = json ? null : progressOf(terminal)
  const asked = cancelSource()
  const off = interrupt.onInterrupt(() => {
    if (asked.cancel.aborted) return
    asked.abort()
    progress?.end()
    terminal.err('Pausing …\n')
    // it may have ended in this very moment: the next frame says so
    api.call('runs.pause', { run }).catch(() => undefined)
  })
  try {
    frames: for await (const batch of api.stream('runs.watch', { run, afterStep: -1 })) {
      for (const frame of batch) {
        if (json) terminal.out(ndjson(progressEvent(run, frame)))
        else if (!asked.cancel.aborted) progress?.show(frame)
        if (ended.has(frame.state)) break frames
      }
    }
  } finally {
    off()
    progress?.end()
  }
  const detail = await api.call('runs.get', { run })
  if (json) terminal.out(ndjson(summaryEvent(detail)))
  else if (detail.state === 'finished') terminal.out(describeRun(detail))
  if (detail.state === 'finished') return 0
  terminal.err(`${howItEnded(detail, db)}\n`)
  return asked.cancel.aborted ? 130 : 1
}

function howItEnded(detail: RunDetail, db: string | null): string {
  const { id, state, reason, done, total } = detail
  const where = `${formatInteger(done)} of ${formatInteger(total)} impressions`
  const why = reason === null ? '' : `: ${reason}`
  const file = db === null ? '' : ` --db ${JSON.stringify(db)}`
  return `Run ${id} is ${state} after ${where}${why}.\nGo on with: npm run -s duelist -- resume ${id}${file}`
}

function progressEvent(run: number, frame: RunFrame) {
  const { state, stage, done, total, afterStep, impressionsPerSecond, summary } = frame
  const delta = summary?.delta ?? null
  return {
    type: 'progress',
    run,
    state,
    stage,
    done,
    total,
    step: afterStep,
    impressionsPerSecond,
    delta,
  }
}

/** The last line of a followed run; `digest` says whether two runs were the same. */
function summaryEvent(detail: RunDetail) {
  const { id, state, reason, seed, specHash, backend, commandLine, summary } = detail
  return {
    type: 'summary',
    run: id,
    state,
    reason,
    seed,
    specHash,
    backend: backend?.name ?? null,
    commandLine,
    digest: summary?.digest ?? null,
    summary,
  }
}
