import type { RunDetail } from '#core/contract/runs'
import type { ExperimentSpec } from '#core/experimentSpec'
import { pointIndex, pointWidth } from '#core/run/point'
import { createStore } from '#db/store'
import { openWorkspace } from '#db/workspace'
import { last } from '../../support/last.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { smallSpec } from '../../support/smallSpec.ts'
import { wasmOps } from '../../support/tensors.ts'

const AT = '2026-01-01T00:00:00.000Z'

/**
 * Finished runs of `runs` / 5 configurations with five seeds each, all with the points of one real run,
 * a run of `impressions` stored impressions, and on top one of `points` points: the same ones again and
 * again with counts that go on, every time by other users.
 */
export async function fillWorkspace(
  workspace: string,
  {
    runs,
    points,
    impressions,
  }: { readonly runs: number; readonly points: number; readonly impressions: number },
): Promise<void> {
  const { batches, summary } = await runToEnd(await wasmOps(), smallSpec({ alpha: 0.3 }))
  const rows = batches.map(({ point }) => point)
  const updates = batches.flatMap((batch) => batch.updates)
  const { done: total } = last(batches)
  const store = createStore(openWorkspace(workspace))
  const add = (spec: ExperimentSpec, seed: number, curve: Float64Array, done: number) => {
    const run: RunDetail = {
      id: 1,
      experiment: 1,
      parent: null,
      name: spec.name,
      seed,
      state: 'finished',
      reason: null,
      done,
      total: done,
      createdAt: AT,
      finishedAt: AT,
      summary,
      tags: [],
      archived: false,
      pinned: false,
      spec,
      specHash: '',
      backend: null,
      dataset: null,
      commandLine: '',
    }
    const bundle = {
      appVersion: '',
      run,
      points: curve,
      updates,
      segments: null,
      networks: [],
      models: [],
    }
    store.adopt(bundle, AT)
  }
  for (let run = 0; run < runs; run++) {
    const alpha = Number((0.1 + Math.floor(run / 5) / 100).toFixed(2))
    add({ ...smallSpec({ alpha }), name: `α = ${alpha}` }, run % 5, tiled(rows, rows.length), total)
  }
  const spec = { ...smallSpec({ alpha: 0.3 }), name: 'many' }
  const rounds = Math.ceil(impressions / total)
  const all = rounds * total
  const many = store.startRun(spec, null, { seed: 8, total: all, dataset: null, at: AT })
  const curve = tiled(rows, rounds * rows.length)
  const users = 1 + Math.max(...batches.map(({ chunk }) => Math.max(...chunk.user)))
  for (let step = 0; step < rounds * rows.length; step++) {
    const round = Math.floor(step / rows.length)
    const { chunk } = batches[step % rows.length]!
    const from = round * total + chunk.from
    const done = from + chunk.count
    const point = curve.subarray(step * pointWidth, (step + 1) * pointWidth)
    const moved = { ...chunk, from, user: chunk.user.map((user) => user + round * users) }
    const isLast = done === all
    const batch = { step, done, total: all, point, chunk: moved, updates: [] }
    store.append(many, batch, isLast ? { ...summary, impressions: all } : null, null)
  }
  store.runs.setState(many, 'finished', null, AT)
  const long = tiled(rows, points)
  add(
    { ...smallSpec({ alpha: 0.3 }), name: 'long' },
    9,
    long,
    Math.ceil(points / rows.length) * total,
  )
  store.close()
}

/** Metrics that only grow. */
const counted = [
  'impressions',
  'seconds',
  'users',
  'winsA',
  'winsB',
  'ties',
  'noVotes',
  'identical',
] as const

/** The points over and over, counts going on from round to round. */
function tiled(rows: readonly Float64Array[], length: number): Float64Array {
  const last = rows.at(-1)!
  const out = new Float64Array(length * pointWidth)
  for (let row = 0; row < length; row++) {
    out.set(rows[row % rows.length]!, row * pointWidth)
    const round = Math.floor(row / rows.length)
    for (const metric of counted) {
      out[row * pointWidth + pointIndex[metric]]! += round * last[pointIndex[metric]]!
    }
  }
  return out
}
