import { argv } from 'node:process'
import { contract } from '#core/contract'
import { connect } from '#core/rpc/connect'
import { createHost } from '#electron/host'
import { wirePair } from '#electron/wire/pair'
import { forkWorker } from '#electron/worker/fork'

// A host in a process of its own, for tests that kill it. It runs one experiment and tells its
// parent each number of impressions that a page would have been told.
const [workspace, jobEntry, spec, seed] = argv.slice(2)
const host = await createHost({
  workspace: workspace!,
  fork: () => (jobEntry ? forkWorker(jobEntry) : forkWorker()),
  now: Date.now,
  checkpointEvery: 50,
})
const { left, right } = wirePair()
host.serve(right, { kind: 'cli' })
const api = connect(contract, left)
const run = await api.call('runs.start', { spec: JSON.parse(spec!) as unknown, seed: Number(seed) })
for await (const frames of api.stream('runs.watch', { run, afterStep: -1 })) {
  for (const { done } of frames) process.send?.({ run, done })
}
await host.close()
process.disconnect()
