import { join } from 'node:path'
import { jobContract } from '#core/jobContract'
import { connect } from '#core/rpc/connect'
import { findElectron } from '../electronBinary.ts'
import { projectRoot } from '../projectRoot.ts'
import { cannotShow } from '../start.ts'
import { forkWorker } from '../worker/fork.ts'
import { withWorkspace, workspaceOf } from './session.ts'
import type { Terminal } from './terminal.ts'
import { textTable } from './textTable.ts'

interface Finding {
  readonly about: string
  readonly text: string
  readonly isGood: boolean
}

/**
 * What works on this machine, and why the rest does not.
 * @returns the exit code: 1 when runs can not be computed or stored
 */
export async function doctor(db: string | null, terminal: Terminal): Promise<number> {
  const database = await checkDatabase(db)
  const findings = [
    {
      about: 'Node',
      text: `${process.versions.node} (N-API ${process.versions.napi}), ${process.platform} ${process.arch}`,
      isGood: true,
    },
    ...database,
    ...(await checkBackend()),
    checkElectron(),
  ]
  terminal.out(
    textTable(findings.map(({ about, text, isGood }) => [isGood ? '✓' : '✕', about, text])),
  )
  return findings.every(({ isGood }) => isGood) ? 0 : 1
}

async function checkDatabase(db: string | null): Promise<Finding[]> {
  const path = await workspaceOf(db)
  try {
    return await withWorkspace(db, async (api) => {
      const { version } = await api.call('app.info', {})
      const runs = await api.call('runs.list', {})
      const datasets = await api.call('datasets.list', {})
      const text = `${path}, ${runs.length} runs, ${datasets.length} datasets`
      return [
        { about: 'Duelist', text: version, isGood: true },
        { about: 'Database', text, isGood: true },
      ]
    })
  } catch (error) {
    return [
      {
        about: 'Database',
        text: error instanceof Error ? error.message : String(error),
        isGood: false,
      },
    ]
  }
}

async function checkBackend(): Promise<Finding[]> {
  const worker = forkWorker()
  try {
    const choice = await connect(jobContract, worker.wire).call('job.backend', {})
    const versions = Object.entries(choice.versions).map(([name, version]) => `${name} ${version}`)
    return [
      {
        about: 'Backend',
        text: `${choice.name} with ${choice.ops} operations (${versions.join(', ')})`,
        isGood: true,
      },
      ...choice.rejected.map(({ name, reason }) => ({
        about: '',
        text: `not ${name}: ${reason}`,
        isGood: true,
      })),
    ]
  } catch (error) {
    return [
      {
        about: 'Backend',
        text: error instanceof Error ? error.message : String(error),
        isGood: false,
      },
    ]
  } finally {
    worker.kill()
    await worker.ended
  }
}

/** The browser mode needs no Electron: its absence is told, not counted. */
function checkElectron(): Finding {
  const path = findElectron(join(projectRoot, 'node_modules/electron'), process.env)
  const noWindow = cannotShow(process)
  const text =
    path === undefined
      ? 'binary not installed: browser mode is used'
      : noWindow === undefined
        ? path
        : `${noWindow}: browser mode is used`
  return { about: 'Electron', text, isGood: true }
}
