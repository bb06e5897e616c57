import type { SpecIssue } from '#core/contract/specs'
import type { ExperimentSpec } from '#core/experimentSpec'
import { readSpec, type SpecSource } from './readSpec.ts'
import type { Api } from './session.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usageError.ts'

/** @returns its number, which the terminal hears */
export async function startRun(
  api: Api,
  { spec, seed: own }: { readonly spec: ExperimentSpec; readonly seed: number },
  asked: number | null,
  terminal: Terminal,
): Promise<number> {
  const seed = asked ?? own
  const run = await api.call('runs.start', { spec, seed })
  terminal.err(`Run ${run}: ${spec.name}, seed ${seed}\n`)
  return run
}

/** @throws UsageError that names every field which can not be run, with a remedy */
export async function checkedSource(
  api: Api,
  source: string,
): Promise<{ readonly spec: ExperimentSpec; readonly seed: number }> {
  return checked(api, await readSpec(source, await api.call('samples.list', {})))
}

/** @throws UsageError as `checkedSource` */
export async function checked(api: Api, { spec: raw, seed, label }: SpecSource) {
  const { spec, issues } = await api.call('spec.check', { spec: raw })
  if (spec === null) throw notRunnable(label, issues)
  return { spec, seed }
}

const LONGEST_FIX = 100

/** Every field with a remedy, a line each. */
export function notRunnable(label: string, issues: readonly SpecIssue[]): UsageError {
  const lines = issues.map(({ message, fix }) => {
    const remedy = fix === null ? '' : JSON.stringify(fix)
    // a whole object is no hint; the schema says what belongs in it
    const isShort = remedy !== '' && remedy.length <= LONGEST_FIX
    return `  ${message}${isShort ? ` (try ${remedy})` : ''}`
  })
  return new UsageError(`${label} can not be run:\n${lines.join('\n')}`)
}
