import type { CalibrationFrame, RunState } from '#core/contract'
import { formatInteger, formatNumber, formatPercent } from '#core/format'
import { cancelSource } from '#core/rpc/cancel'
import { describeCalibration } from './describeCalibration.ts'
import type { Interrupt } from './followRun.ts'
import { ndjson } from './ndjson.ts'
import { barOf } from './progress.ts'
import type { Api } from './session.ts'
import type { Terminal } from './terminal.ts'

const ended: ReadonlySet<RunState> = new Set([
  'finished',
  'paused',
  'cancelled',
  'interrupted',
  'failed',
])

/**
 * Shows a calibration until it ends, and its result. An interrupt pauses it and prints the line that
 * goes on with it.
 * @returns the exit code
 */
export async function followCalibration(
  api: Api,
  calibration: number,
  context: {
    readonly terminal: Terminal
    readonly interrupt: Interrupt
    readonly json: boolean
    readonly db: string | null
  },
): Promise<number> {
  const { terminal, interrupt, json, db } = context
  const bar = json ? null : barOf(terminal)
  const asked = cancelSource()
  const off = interrupt.onInterrupt(() => {
    if (asked.cancel.aborted) return
    asked.abort()
    bar?.end()
    terminal.err('Pausing …\n')
    // it may have ended in this very moment: the next frame says so
    api.call('calibrations.pause', { calibration }).catch(() => undefined)
  })
  try {
    frames: for await (const batch of api.stream('calibrations.watch', { calibration })) {
      for (const frame of batch) {
        if (json) terminal.out(ndjson(progressEvent(calibration, frame)))
        else if (!asked.cancel.aborted) bar?.show(progressLine(frame))
        if (ended.has(frame.state)) break frames
      }
    }
  } finally {
    off()
    bar?.end()
  }
  const detail = await api.call('calibrations.get', { calibration })
  const { state, reason, done, total, seed, commandLine, report } = detail
  if (json) {
    const digest = report?.digest ?? null
    terminal.out(
      ndjson({ type: 'summary', calibration, state, reason, seed, commandLine, digest, report }),
    )
  } else if (state === 'finished') terminal.out(describeCalibration(detail))
  if (state === 'finished') return 0
  const why = reason === null ? '' : `: ${reason}`
  const file = db === null ? '' : ` --db ${JSON.stringify(db)}`
  terminal.err(
    `Calibration ${calibration} is ${state} after ${formatInteger(done)} of ${formatInteger(total)} repetitions${why}.\n` +
      `Go on with: npm run -s duelist -- calibrate ${calibration}${file}\n`,
  )
  return asked.cancel.aborted ? 130 : 1
}

function progressLine({ state, stage, pilotShare, done, total, report }: CalibrationFrame) {
  if (stage === null) return { stage: state, share: null, words: [`${state} …`] }
  if (stage === 'pilot') return { stage, share: pilotShare, words: ['pilot run'] }
  const locked = report?.methods.find(({ id }) => id === report.lockedEngine)
  return {
    stage,
    share: done / total,
    words: [
      `${formatInteger(done)} of ${formatInteger(total)} repetitions`,
      ...(locked
        ? [
            `false positives ${formatPercent(locked.falsePositives.value)}`,
            `power ${formatPercent(locked.power.value)} at Δ ${formatNumber(report!.effect.achieved)}`,
          ]
        : []),
    ],
  }
}

function progressEvent(calibration: number, frame: CalibrationFrame) {
  const { state, stage, pilotShare, done, total } = frame
  return { type: 'progress', calibration, state, stage, pilotShare, done, total }
}
