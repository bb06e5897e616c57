import { resolve } from 'node:path'
import { browserMode } from './browserMode.ts'
import { parseCommand, type Command } from './cli/arguments.ts'
import { analyze } from './cli/analyze.ts'
import { exportLog } from './cli/exportLog.ts'
import { describeRun, describeRuns } from './cli/describeRun.ts'
import { doctor } from './cli/doctor.ts'
import { isBadInput, sentence } from './cli/failure.ts'
import type { Interrupt } from './cli/follow.ts'
import { followRun } from './cli/followRun.ts'
import { followStudy } from './cli/followStudy.ts'
import { help } from './cli/help.ts'
import { importFile } from './cli/importFile.ts'
import { models } from './cli/models.ts'
import { ndjson } from './cli/ndjson.ts'
import { readDataset } from './cli/readDataset.ts'
import { isFile, readJson } from './cli/readJson.ts'
import { readPolicy } from './cli/readPolicy.ts'
import { reports, writeReportFile } from './cli/reports.ts'
import { IN_MEMORY, withWorkspace } from './cli/session.ts'
import { sensitivity } from './cli/sensitivity.ts'
import { checked, checkedSource, startRun } from './cli/startRun.ts'
import { startCalibration, startStudy } from './cli/startStudy.ts'
import { processTerminal, type Terminal } from './cli/terminal.ts'
import { textTable } from './cli/textTable.ts'
import { UsageError } from './cli/usageError.ts'

const FAILED = 1
const BAD_INPUT = 2

/**
 * The command line. It speaks to the same host as the page, through the same contract.
 * @returns the exit code: 0 done, 1 failed, 2 bad input, 130 interrupted
 */
export async function main(argv: readonly string[]): Promise<number> {
  const terminal = processTerminal()
  const code = await runCommandLine(argv, terminal, onSignal)
  return code === 0 && terminal.isBroken() ? FAILED : code
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

/** Ctrl+C, a service manager that stops us, a terminal that is closed. */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const onSignal: Interrupt = {
  onInterrupt(listener) {
    for (const signal of stopSignals) process.on(signal, listener)
    return () => {
      for (const signal of stopSignals) process.off(signal, listener)
    }
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
    case 'analyze': {
      const db = isFile(command.source) ? IN_MEMORY : command.db
      return withWorkspace(db, async (api) => {
        const plan = command.plan === null ? {} : await readJson(command.plan, 'a plan')
        return analyze(
          api,
          { kind: 'logAnalysis', data: 'interleaving' },
          { ...command, spec: { plan }, seed: 0 },
          { ...command, db, terminal, interrupt },
        )
      })
    }
    case 'replay': {
      const db = isFile(command.source) ? IN_MEMORY : command.db
      if (db === IN_MEMORY && command.policy.startsWith('saved')) {
        throw new UsageError(
          'a saved model lies in a workspace: import the log there, and write its name in place of the file',
        )
      }
      return withWorkspace(db, async (api) => {
        const settings =
          command.settings === null ? {} : await readJson(command.settings, 'a file of settings')
        const policy = await readPolicy(command.policy)
        return analyze(
          api,
          { kind: 'replay', data: 'bandit' },
          { ...command, spec: { ...(settings as object), policy } },
          { ...command, db, terminal, interrupt },
        )
      })
    }
    case 'export':
      return withWorkspace(command.db, (api) => exportLog(api, command, { terminal, interrupt }))
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
