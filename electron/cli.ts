import { resolve } from 'node:path'
import type { SpecIssue } from '#core/contract'
import type { ExperimentSpec } from '#core/experimentSpec'
import { RpcError } from '#core/rpc/rpcError'
import type { StudyKind } from '#core/study/index'
import { WorkspaceError } from '#db/workspaceError'
import { browserMode } from './browserMode.ts'
import { parseCommand, type Command } from './cli/arguments.ts'
import { analyze, isFile, readJson, readPolicy } from './cli/analyze.ts'
import { exportLog } from './cli/exportLog.ts'
import { describeRun, describeRuns } from './cli/describeRun.ts'
import { doctor } from './cli/doctor.ts'
import type { Interrupt } from './cli/follow.ts'
import { followRun } from './cli/followRun.ts'
import { followStudy } from './cli/followStudy.ts'
import { help } from './cli/help.ts'
import { importFile } from './cli/importFile.ts'
import { models } from './cli/models.ts'
import { ndjson } from './cli/ndjson.ts'
import { readDataset } from './cli/readDataset.ts'
import { readSpec, type SpecSource } from './cli/readSpec.ts'
import { reports, writeReportFile } from './cli/reports.ts'
import { IN_MEMORY, withWorkspace, type Api } from './cli/session.ts'
import { processTerminal, type Terminal } from './cli/terminal.ts'
import { sensitivity } from './cli/sensitivity.ts'
import { textTable } from './cli/textTable.ts'
import { UsageError } from './cli/usageError.ts'

const FAILED = 1
const BAD_INPUT = 2

/**
 * The command line. It speaks to the same host as the page, through the same contract.
 * @returns the exit code: 0 done, 1 failed, 2 bad input, 130 interrupted
 */
export async function main(argv: readonly string[]): Promise<number> {
  return runCommandLine(argv, processTerminal(), onSigint)
}

/** As `main`, for a terminal and interrupts of one's own. */
export async function runCommandLine(
  argv: readonly string[],
  terminal: Terminal,
  interrupt: Interrupt,
): Promise<number> {
  try {
    return await execute(parseCommand(argv), terminal, interrupt)
  } catch (error) {
    terminal.err(`duelist: ${sentence(error)}\n`)
    return isBadInput(error) ? BAD_INPUT : FAILED
  }
}

const onSigint: Interrupt = {
  onInterrupt(listener) {
    process.on('SIGINT', listener)
    return () => void process.off('SIGINT', listener)
  },
}

async function execute(
  command: Command,
  terminal: Terminal,
  interrupt: Interrupt,
): Promise<number> {
  const { out } = terminal
  switch (command.verb) {
    case 'help':
      out(help(command.of))
      return 0
    case 'version':
      return withWorkspace(IN_MEMORY, async (api) => {
        out(`${(await api.call('app.info', {})).version}\n`)
        return 0
      })
    case 'run':
      return withWorkspace(command.db, async (api) => {
        const { source, seed } = command
        const run = await startRun(api, await checkedSource(api, source), seed, terminal)
        return followRun(api, run, { ...command, terminal, interrupt })
      })
    case 'runOn':
      return withWorkspace(command.db, async (api) => {
        const { design, dataset, learner, seed } = command
        const source = await readDataset(api, design, dataset, learner)
        const run = await startRun(api, await checked(api, source), seed, terminal)
        const code = await followRun(api, run, { ...command, terminal, interrupt })
        if (code !== 0 || design !== 'train') return code
        return models(api, { action: 'save', run, side: 0, name: null }, terminal)
      })
    case 'resume':
      return withWorkspace(command.db, async (api) => {
        await api.call('runs.resume', { run: command.run })
        return followRun(api, command.run, { ...command, terminal, interrupt })
      })
    case 'calibrate':
      return withWorkspace(command.db, async (api) => {
        const study = await startCalibration(api, command, terminal)
        return followStudy(api, study, { ...command, terminal, interrupt })
      })
    case 'study':
      return withWorkspace(command.db, async (api) => {
        const study = await startStudy(api, command, terminal)
        return followStudy(api, study, { ...command, terminal, interrupt })
      })
    case 'analyze':
      return withWorkspace(isFile(command.source) ? IN_MEMORY : command.db, async (api) => {
        const plan = command.plan === null ? {} : await readJson(command.plan)
        return analyze(
          api,
          { kind: 'logAnalysis', data: 'interleaving' },
          { ...command, spec: { plan }, seed: 0 },
          { ...command, terminal, interrupt },
        )
      })
    case 'replay':
      if (isFile(command.source) && command.policy.startsWith('saved')) {
        throw new UsageError(
          'a saved model lies in a workspace: import the log there, and write its name in place of the file',
        )
      }
      return withWorkspace(isFile(command.source) ? IN_MEMORY : command.db, async (api) => {
        const settings = command.settings === null ? {} : await readJson(command.settings)
        const policy = await readPolicy(command.policy)
        return analyze(
          api,
          { kind: 'replay', data: 'bandit' },
          { ...command, spec: { ...(settings as object), policy } },
          { ...command, terminal, interrupt },
        )
      })
    case 'export':
      return withWorkspace(command.db, (api) => exportLog(api, command, terminal))
    case 'models':
      return withWorkspace(command.db, (api) => models(api, command, terminal))
    case 'list':
      return withWorkspace(command.db, async (api) => {
        const runs = await api.call('runs.list', {})
        out(command.json ? ndjson(runs) : describeRuns(runs))
        return 0
      })
    case 'show':
      return withWorkspace(command.db, async (api) => {
        const detail = await api.call('runs.get', { run: command.run })
        out(command.json ? ndjson(detail) : describeRun(detail))
        return 0
      })
    case 'report':
      return withWorkspace(command.db, async (api) => {
        const { run, format, language, parts, out: path } = command
        const file = await api.call('reports.render', {
          run,
          format,
          language,
          parts: parts && [...parts],
        })
        if (path !== null) await writeReportFile(file, path, terminal)
        else if (file.bytes) throw new UsageError(`--format ${format} needs --out FILE`)
        else out(file.text)
        return 0
      })
    case 'reports':
      return withWorkspace(command.db, (api) => reports(api, command, terminal))
    case 'import':
      return withWorkspace(command.db, (api) => importFile(api, command, { terminal, interrupt }))
    case 'sensitivity':
      return withWorkspace(command.db, async (api) => {
        const { spec, seed } = await checkedSource(api, command.source)
        const { environment } = spec
        const named = environment.kind === 'ratings' ? environment.dataset : null
        const datasets = named === null ? [] : await api.call('datasets.list', {})
        const path = datasets.find(({ name }) => name === named)?.path ?? null
        return sensitivity(spec, path, { ...command, seed }, terminal)
      })
    case 'sample':
      return withWorkspace(IN_MEMORY, async (api) => {
        const samples = await api.call('samples.list', {})
        out(textTable(samples.map(({ id, spec }) => [id, spec.name])))
        return 0
      })
    case 'spec':
      return withWorkspace(IN_MEMORY, async (api) => {
        out(`${JSON.stringify(await api.call('spec.schema', {}), null, 2)}\n`)
        return 0
      })
    case 'serve':
      if (command.db !== null) process.env['DUELIST_DB'] = resolve(command.db)
      return browserMode({
        open: command.open,
        log: (line) => out(`${line}\n`),
        ...(command.port === null ? {} : { port: command.port }),
      })
    case 'doctor':
      return doctor(command.db, terminal)
  }
}

async function startRun(
  api: Api,
  { spec, seed: own }: { readonly spec: ExperimentSpec; readonly seed: number },
  asked: number | null,
  terminal: Terminal,
): Promise<number> {
  const seed = asked ?? own
  const run = await api.call('runs.start', { spec, seed })
  terminal.err(`Run ${run}: ${spec.name}, seed ${seed}
`)
  return run
}

async function startCalibration(
  api: Api,
  command: Extract<Command, { verb: 'calibrate' }>,
  terminal: Terminal,
): Promise<number> {
  const { source, seed, repetitions, effect } = command
  if (isNumber(source)) return resumeStudy(api, source)
  const { spec: experiment, seed: own } = await checkedSource(api, source)
  const spec = { experiment, repetitions, effect }
  return announceStudy(api, { kind: 'calibration', spec, seed: seed ?? own }, terminal)
}

/** Starts one, or goes on with one that is named by its number. */
async function startStudy(
  api: Api,
  { kind, source, seed }: Extract<Command, { verb: 'study' }>,
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

/** @throws UsageError that names every field which can not be run, with a remedy */
async function checkedSource(
  api: Api,
  source: string,
): Promise<{ readonly spec: ExperimentSpec; readonly seed: number }> {
  return checked(api, await readSpec(source, await api.call('samples.list', {})))
}

async function checked(api: Api, { spec: raw, seed, label }: SpecSource) {
  const { spec, issues } = await api.call('spec.check', { spec: raw })
  if (spec === null) throw notRunnable(label, issues)
  return { spec, seed }
}

function notRunnable(label: string, issues: readonly SpecIssue[]): UsageError {
  const lines = issues.map(
    ({ message, fix }) => `  ${message}${fix === null ? '' : ` (try ${JSON.stringify(fix)})`}`,
  )
  return new UsageError(`${label} can not be run:\n${lines.join('\n')}`)
}

/** Codes of what the user can put right by writing something else. */
const inputCodes: ReadonlySet<string> = new Set(['BAD_INPUT', 'BAD_FILE', 'NOT_FOUND', 'FOREIGN'])

function isBadInput(error: unknown): boolean {
  if (error instanceof UsageError) return true
  return (
    (error instanceof RpcError || error instanceof WorkspaceError) && inputCodes.has(error.code)
  )
}

const LISTED_FIELDS = 10

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (!(error instanceof RpcError) || error.code !== 'BAD_FILE') return error.message
  const fields = error.fields.slice(0, LISTED_FIELDS).map(({ message }) => `\n  ${message}`)
  const more = error.fields.length - fields.length
  return `${error.message}${fields.join('')}${more > 0 ? `\n  and ${more} more` : ''}`
}
