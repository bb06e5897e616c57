import type { RunDetail, RunFrame } from '#core/contract/runs'
import { formatInteger, formatInterval } from '#core/format'
import { describeRun } from './describeRun.ts'
import { exitCode, follow, howToGoOn, type FollowContext } from './follow.ts'
import { ndjson } from './ndjson.ts'
import type { ProgressLine } from './progress.ts'
import type { Api } from './session.ts'

/**
 * Shows a run until it ends, and its result, or the line that resumes it.
 * @returns the exit code
 */
export async function followRun(api: Api, run: number, context: FollowContext): Promise<number> {
  const { terminal, json, db } = context
  const interrupted = await follow(
    api.stream('runs.watch', { run, afterStep: -1 }),
    {
      pause: () => api.call('runs.pause', { run }),
      end: () => api.call('runs.kill', { run }),
      line: progressLine,
      event: (frame) => ndjson(progressEvent(run, frame)),
    },
    context,
  )
  const detail = await api.call('runs.get', { run })
  if (json) terminal.out(ndjson(summaryEvent(detail)))
  else if (detail.state === 'finished') terminal.out(describeRun(detail))
  if (detail.state !== 'finished') terminal.err(`${howItEnded(detail, db)}\n`)
  return exitCode(detail.state, interrupted)
}

function progressLine(frame: RunFrame): ProgressLine {
  const { stage, state, reason, done, total, impressionsPerSecond, summary } = frame
  if (stage !== 'serving') return { stage: state, share: null, words: [`${stage ?? state} …`] }
  const { low, high } = summary?.delta ?? { low: null, high: null }
  return {
    stage,
    share: total > 0 ? done / total : 0,
    words: [
      `${formatInteger(done)} of ${formatInteger(total)}`,
      ...(impressionsPerSecond === null ? [] : [`${formatInteger(impressionsPerSecond)}/s`]),
      ...(reason === null ? [] : ['started again after a crash']),
      ...(low === null ? [] : [`Δ ${formatInterval(low, high, 'en')}`]),
    ],
  }
}

function howItEnded(detail: RunDetail, db: string | null): string {
  const { id, state, reason, done, total } = detail
  const where = `${formatInteger(done)} of ${formatInteger(total)} impressions`
  const why = reason === null ? '' : `: ${reason}`
  return `Run ${id} is ${state} after ${where}${why}.\n${howToGoOn(`resume ${id}`, db)}`
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
