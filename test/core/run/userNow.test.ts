import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { ExperimentSpec } from '#core/experimentSpec'
import type { Checkpoint } from '#core/run/batch'
import type { GreedyMfState, PastRequest } from '#core/run/greedyMf'
import { userNowAt } from '#core/run/runExperiment'
import { last } from '../../support/last.ts'
import { runToEnd, type EndedRun } from '../../support/runToEnd.ts'
import { smallSpec } from '../../support/smallSpec.ts'
import { wasmOps } from '../../support/tensors.ts'

const news = ExperimentSpec.parse({
  ...smallSpec(),
  environment: { kind: 'news', users: 60, days: 3, logDays: 1, newsPerHour: 6, topics: 4 },
})

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const asked = (
  spec: ExperimentSpec,
  checkpoint: Checkpoint,
  past: Parameters<typeof userNowAt>[1],
) => userNowAt({ spec, seed: 7, ops, backend: 'test', ratings: null, checkpoint }, past)

/** What the batches up to impression `end` say of a user. */
function pastOf({ batches }: EndedRun, user: number, end: number) {
  const requests: PastRequest[] = []
  let [clicksBefore, itemsBefore, seconds] = [0, 0, 0]
  for (const { chunk } of batches) {
    for (let i = 0; i < chunk.count && chunk.from + i < end; i++) {
      const shown = chunk.shown.slice(i * chunk.k, (i + 1) * chunk.k).filter((item) => item >= 0)
      const clicked = chunk.clicked.slice(i * chunk.k, i * chunk.k + shown.length)
      if (chunk.user[i] === user) requests.push({ shown, clicked, clicksBefore, itemsBefore })
      clicksBefore += clicked.reduce((sum, click) => sum + click, 0)
      itemsBefore += shown.length
      seconds = chunk.seconds[i]!
    }
  }
  return { user, requests, seconds }
}

describe.each([
  ['ratings', smallSpec()],
  ['news', news],
])('what a user would be shown in a world of %s', (_, spec) => {
  let ended: EndedRun
  beforeAll(async () => {
    ended = await runToEnd(ops, spec)
  })

  it('is what the next request of the run was shown', () => {
    for (const place of [0, 3, ended.checkpoints.length >> 1, ended.checkpoints.length - 2]) {
      const checkpoint = ended.checkpoints[place]!
      const { chunk } = ended.batches[place + 1]!
      const now = asked(spec, checkpoint, pastOf(ended, chunk.user[0]!, checkpoint.done))
      expect(now).toMatchObject({ impressions: chunk.from, seconds: chunk.seconds[0] })
      const listOf = (column: Int32Array) => [...column.subarray(0, chunk.k)].filter((i) => i >= 0)
      expect(now.sides).toEqual([listOf(chunk.listA), listOf(chunk.listB)])
    }
  })

  it('follows what was clicked before, also of a user whom the run has forgotten', () => {
    const checkpoint = ended.checkpoints[ended.checkpoints.length >> 1]!
    const state = checkpoint.state as { serving: { greedyMf: GreedyMfState } }
    const { greedyMf } = state.serving
    const pasts = [...greedyMf.users].map((user) => pastOf(ended, user, checkpoint.done))
    const [{ user } = pasts[0]!] = pasts.sort((a, b) => b.requests.length - a.requests.length)
    const nobody = new Int32Array()
    const forgotten: GreedyMfState = {
      ...greedyMf,
      users: nobody,
      seen: nobody,
      items: nobody,
      x: new Float64Array(),
      sums: [],
    }
    const without = { ...state, serving: { ...state.serving, greedyMf: forgotten } }
    const past = pastOf(ended, user, checkpoint.done)
    const known = asked(spec, checkpoint, past)
    expect(asked(spec, { ...checkpoint, state: without }, past)).toEqual(known)
    // and without its requests it would be another list
    const nothing = asked(spec, { ...checkpoint, state: without }, { ...past, requests: [] })
    expect(nothing.references).not.toEqual(known.references)
  })

  it('names every column of the state', () => {
    const checkpoint = last(ended.checkpoints)
    const now = asked(
      spec,
      checkpoint,
      pastOf(ended, ended.batches[0]!.chunk.user[0]!, checkpoint.done),
    )
    expect(now.features.reduce((sum, { width }) => sum + width, 0)).toBe(now.state.length)
    expect(now.state.every(Number.isFinite)).toBe(true)
    expect(now.references.map(({ arm }) => arm)).toContain('greedyMf')
  })
})
