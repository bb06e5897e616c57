import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { planOfRun } from '#core/logAnalysis/runLog'
import { writeFileAtomically } from '../writeFileAtomically.ts'
import type { Api } from './session.ts'
import type { Terminal } from './terminal.ts'

/**
 * Writes the impressions of a run as a documented interleaving log, and beside it the plan that reads
 * the log as the run was read.
 * @returns the exit code
 */
export async function exportLog(
  api: Api,
  { run, log }: { readonly run: number; readonly log: string },
  terminal: Terminal,
): Promise<number> {
  const { spec } = await api.call('runs.get', { run })
  const path = resolve(log)
  const output = await open(path, 'w')
  try {
    for await (const batch of api.stream('runs.log', { run })) {
      for (const { text } of batch) await output.writeFile(text)
    }
  } finally {
    await output.close()
  }
  const plan = `${path.replace(/\.csv$/i, '')}.plan.json`
  const content = `${JSON.stringify(planOfRun(spec), null, 2)}\n`
  await writeFileAtomically(plan, new TextEncoder().encode(content))
  terminal.err(`Wrote ${log} and ${plan}\n`)
  return 0
}
