import { memory } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { cancelSource } from '#core/rpc/cancel'
import { previewJob } from '#electron/worker/previewJob'
import { smallSpec } from '../../support/smallSpec.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})
const wanted = cancelSource().cancel
const job = (alpha: number, poolSize = 50) => ({
  spec: smallSpec({ alpha }, { poolSize }),
  dataset: null,
  models: {},
})

describe('the process of previews', () => {
  it('keeps a world while only its exploration changes', async () => {
    let built = 0
    const preview = previewJob(() => {
      built++
      return Promise.resolve(ops)
    })
    const [near, far] = await Promise.all([preview(job(0.1), wanted), preview(job(0.9), wanted)])
    expect(near.overlap.mean).toBeGreaterThan(far.overlap.mean)
    expect(built).toBe(1)
    await preview(job(0.1, 40), wanted)
    expect(built).toBe(2)
  })

  it('gives up the world that nobody wants any more, with every tensor', async () => {
    const preview = previewJob(() => Promise.resolve(ops))
    await preview(job(0.1), wanted)
    const before = memory().numTensors
    const old = preview(job(0.1, 45), wanted).catch((error: unknown) => error)
    const now = await preview(job(0.1, 40), wanted)
    expect(await old).toMatchObject({ code: 'CANCELLED' })
    expect(now.requests).toBeGreaterThan(10)
    expect(memory().numTensors).toBe(before)
  })

  it('tells what is wrong, and tries again', async () => {
    const preview = previewJob(() => Promise.resolve(ops))
    const spec = smallSpec({ alpha: 0.1 })
    const environment = { ...spec.environment, items: 50, ratingsPerUser: 50, kind: 'lowRank' }
    const bad = { spec: { ...spec, environment }, dataset: null, models: {} } as never
    await expect(preview(bad, cancelSource().cancel)).resolves.toBeDefined()
    const missing = { name: 'gone', hash: 'x', path: '/nowhere/x.ratings' }
    const rated = {
      spec: { ...spec, environment: { kind: 'ratings', dataset: 'gone' } },
      dataset: missing,
      models: {},
    } as never
    await expect(preview(rated, wanted)).rejects.toThrow(/"gone" is missing; delete it/)
    await expect(preview(job(0.2), wanted)).resolves.toBeDefined()
  })

  it('answers nobody who has left', async () => {
    const preview = previewJob(() => Promise.resolve(ops))
    const { cancel, abort } = cancelSource()
    abort()
    await expect(preview(job(0.1), cancel)).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})
