import { resolve } from 'node:path'
import { planOfRun } from '#core/logAnalysis/runLog'
import { cancelSource } from '#core/rpc/cancel'
import { writeFileAtomically } from '../writeFileAtomically.ts'
import type { Interrupt } from './follow.ts'
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
  { terminal, interrupt }: { readonly terminal: Terminal; readonly interrupt: Interrupt },
): Promise<number> {
  const { spec } = await api.call('runs.get', { run })
  const path = resolve(log)
  const stop = cancelSource()
  const off = interrupt.onInterrupt(stop.abort)
  try {
    await writeFileAtomically(path, logPieces(api, run, stop.cancel))
  } catch (error) {
    if (!stop.cancel.aborted) throw error
    terminal.err('Stopped; nothing was written.\n')
    return 130
  } finally {
    off()
  }
  const plan = `${path.replace(/\.csv$/i, '')}.plan.json`
  await writeFileAtomically(plan, `${JSON.stringify(planOfRun(spec), null, 2)}\n`)
  terminal.err(`Wrote ${log} and ${plan}\n`)
  return 0
}

async function* logPieces(
  api: Api,
  run: number,
  cancel: ReturnType<typeof cancelSource>['cancel'],
): AsyncGenerator<string> {
  for await (const batch of api.stream('runs.log', { run }, { signal: cancel })) {
    for (const { text } of batch) yield text
  }
  if (cancel.aborted) throw new Error('stopped')
}
