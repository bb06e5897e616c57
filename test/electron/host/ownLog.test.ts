import { afterEach, beforeAll, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { readerOf } from '#core/dataset/kinds/interleaving'
import { analyseLog } from '#core/logAnalysis/analyseLog'
import { planOfRun, runLog } from '#core/logAnalysis/runLog'
import { forkWorker } from '#electron/worker/fork'
import { contestSpec } from '../../support/contestSpec.ts'
import { finished } from '../../support/finished.ts'
import { bench, untilState, type Bench } from '../../support/hostHarness.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { wasmOps } from '../../support/tensors.ts'

let b: Bench
let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})
afterEach(() => b.end())

it('a log that an own run has written and that is read back gives the digest of the run’s lists', async () => {
  const spec = contestSpec('duel', ['popularity', 'random'], 60, {
    interleaver: { kind: 'teamDraft' },
  })
  const seed = 1
  const { batches } = await runToEnd(ops, spec, { seed })
  const chunks = batches.map(({ chunk }) => chunk)
  const direct = await finished(analyseLog(readerOf(runLog(spec, chunks)), planOfRun(spec)))

  b = await bench({ fork: forkWorker })
  const { api } = b
  const run = await api.call('runs.start', { spec, seed })
  await untilState(api, run, 'finished')
  const upload = await api.call('uploads.begin', { fileName: 'own.csv' })
  for await (const pieces of api.stream('runs.log', { run })) {
    for (const { text } of pieces) {
      const bytes = new TextEncoder().encode(text)
      for (let from = 0; from < bytes.length; from += 200_000) {
        await api.call('uploads.append', { upload, bytes: bytes.subarray(from, from + 200_000) })
      }
    }
  }
  for await (const events of api.stream('datasets.import', { upload, name: 'own' })) {
    if (events.at(-1)?.type === 'finished') break
  }
  const study = await api.call('studies.start', {
    kind: 'logAnalysis',
    spec: { dataset: 'own', plan: planOfRun(spec) },
    seed: 0,
  })
  for await (const frames of api.stream('studies.watch', { study })) {
    if (!['queued', 'running'].includes(frames.at(-1)!.state)) break
  }
  const detail = await api.call('studies.get', { study })
  expect(detail.reason).toBeNull()
  expect(detail.digest).toBe(direct.digest)
})
