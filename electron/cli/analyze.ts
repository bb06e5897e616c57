import { basename, resolve } from 'node:path'
import type { Language } from '#core/languages'
import { badFile } from '../plainFile.ts'
import { mustBeWritable, writeFileAtomically } from '../writeFileAtomically.ts'
import type { FollowContext } from './follow.ts'
import { followStudy } from './followStudy.ts'
import { importFile } from './importFile.ts'
import { isFile } from './readJson.ts'
import type { Api } from './session.ts'
import { UsageError } from './usageError.ts'
import type { EventTable } from './verbs/eventTable.ts'
import type { ImportCommand } from './verbs/importFile.ts'
import type { StudyReportFile } from './verbs/values.ts'

/** What the verbs `analyze` and `replay` share. */
export interface AnalyzeCommand {
  readonly source: string // a dataset of the workspace, or a file
  readonly events?: EventTable | null
  readonly spec: Readonly<Record<string, unknown>> // without its dataset
  readonly seed: number
  readonly report: StudyReportFile | null
  readonly language: Language
}

/**
 * Reads a log to its result, from the workspace or from a file that is imported for this alone.
 * @returns the exit code
 */
export async function analyze(
  api: Api,
  study: { readonly kind: 'logAnalysis' | 'replay'; readonly data: 'interleaving' | 'bandit' },
  command: AnalyzeCommand,
  context: FollowContext,
): Promise<number> {
  const { source, seed, report, language } = command
  const { terminal } = context
  let dataset = source
  if (command.events && !isFile(source)) {
    throw new UsageError('--events goes with a file; a dataset of the workspace has had its import')
  }
  if (report !== null) await mustBeWritable(resolve(report.path))
  if (isFile(source)) {
    dataset = basename(source).slice(0, 120)
    const quiet = { ...terminal, out: () => undefined }
    const input: ImportCommand = {
      verb: 'import',
      db: null,
      file: source,
      name: dataset,
      kind: study.data,
      map: [],
      maxBad: null,
      rejects: null,
      events: command.events ?? null,
      json: false,
    }
    const code = await importFile(api, input, { ...context, terminal: quiet })
    if (code !== 0) return code
  } else if (/[./\\]/.test(source)) {
    const known = await api.call('datasets.list', {})
    if (!known.some(({ name }) => name === source)) {
      throw badFile(`there is no file ${source}, and no dataset of that name`)
    }
  }
  const spec = { ...command.spec, dataset }
  const { issues } = await api.call('studies.check', { kind: study.kind, spec })
  if (issues.length > 0) throw new UsageError(issues.map(({ message }) => message).join('\n'))
  const id = await api.call('studies.start', { kind: study.kind, spec, seed })
  const code = await followStudy(api, id, context)
  if (code !== 0 || report === null) return code
  const { path, format } = report
  const file = await api.call('studies.report', { study: id, format, language })
  await writeFileAtomically(resolve(path), file.text)
  terminal.err(`Wrote ${path}\n`)
  return 0
}
