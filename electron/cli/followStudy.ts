import type { StudyFrame } from '#core/contract/studies'
import { formatInteger } from '#core/format'
import { describeStudy, studyWords } from './describeStudy.ts'
import { exitCode, follow, howToGoOn, type FollowContext } from './follow.ts'
import { ndjson } from './ndjson.ts'
import type { ProgressLine } from './progress.ts'
import type { Api } from './session.ts'

/**
 * Shows a study until it ends, and its result, or the line that goes on with it.
 * @returns the exit code
 */
export async function followStudy(
  api: Api,
  study: number,
  context: FollowContext,
): Promise<number> {
  const { terminal, json, db } = context
  const interrupted = await follow(
    api.stream('studies.watch', { study }),
    {
      pause: () => api.call('studies.pause', { study }),
      end: () => api.call('studies.cancel', { study }),
      line: progressLine,
      event: (frame) => ndjson(progressEvent(study, frame)),
    },
    context,
  )
  const detail = await api.call('studies.get', { study })
  const { kind, state, reason, done, total, seed, commandLine, digest, report } = detail
  if (json) {
    const summary = { type: 'summary', study, kind, state, reason, seed, commandLine, digest }
    terminal.out(ndjson({ ...summary, report }))
  } else if (state === 'finished') terminal.out(describeStudy(detail))
  if (state !== 'finished') {
    const why = reason === null ? '' : `: ${reason}`
    terminal.err(
      `Study ${study} (${kind}) is ${state} after ${formatInteger(done)} of ${formatInteger(total)} points${why}.\n` +
        `${howToGoOn(`study ${kind} ${study}`, db)}\n`,
    )
  }
  return exitCode(state, interrupted)
}

function progressLine(frame: StudyFrame): ProgressLine {
  const { state, stage, share, done, total } = frame
  if (state !== 'running') return { stage: state, share: null, words: [`${state} …`] }
  if (stage !== null) return { stage, share, words: [stage] }
  return {
    stage: 'points',
    share: total > 0 ? done / total : 0,
    words: [`${formatInteger(done)} of ${formatInteger(total)}`, ...studyWords(frame)],
  }
}

function progressEvent(study: number, frame: StudyFrame) {
  const { kind, state, stage, share, done, total } = frame
  return { type: 'progress', study, kind, state, stage, share, done, total }
}
