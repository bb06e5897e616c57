import type { StudyKind } from '#core/study/index'
import { readSpec } from './readSpec.ts'
import type { Api } from './session.ts'
import { checkedSource, notRunnable } from './startRun.ts'
import type { Terminal } from './terminal.ts'
import type { CalibrateCommand } from './verbs/calibrate.ts'
import type { StudyCommand } from './verbs/study.ts'

/** Starts one, or goes on with one that is named by its number. */
export async function startCalibration(
  api: Api,
  command: CalibrateCommand,
  terminal: Terminal,
): Promise<number> {
  const { source, seed, repetitions, effect } = command
  if (isNumber(source)) return resumeStudy(api, source)
  const { spec: experiment, seed: own } = await checkedSource(api, source)
  const spec = { experiment, repetitions, effect }
  return announceStudy(api, { kind: 'calibration', spec, seed: seed ?? own }, terminal)
}

/** Starts one, or goes on with one that is named by its number. */
export async function startStudy(
  api: Api,
  { kind, source, seed }: StudyCommand,
  terminal: Terminal,
): Promise<number> {
  if (isNumber(source)) return resumeStudy(api, source)
  const { spec, seed: own, label } = await readSpec(source, [])
  const { issues } = await api.call('studies.check', { kind, spec })
  if (issues.length > 0) throw notRunnable(label, issues)
  return announceStudy(api, { kind, spec, seed: seed ?? own }, terminal)
}

const isNumber = (source: string): boolean => /^[1-9]\d*$/.test(source)

async function resumeStudy(api: Api, number: string): Promise<number> {
  const study = Number(number)
  await api.call('studies.resume', { study })
  return study
}

async function announceStudy(
  api: Api,
  input: { readonly kind: StudyKind; readonly spec: unknown; readonly seed: number },
  terminal: Terminal,
): Promise<number> {
  const study = await api.call('studies.start', input)
  const { name } = await api.call('studies.get', { study })
  terminal.err(`Study ${study} (${input.kind}): ${name}, seed ${input.seed}\n`)
  return study
}
