import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { QNetwork } from '#core/agent/qNetwork'
import type { ComputeOps } from '#core/compute/ops'
import { dbgd } from '#core/explorer/dbgd'
import { applyMinorRule } from '#core/explorer/minorRule'
import { networkSpace } from '#core/explorer/networkSpace'
import { DbgdParams } from '#core/explorer/params'
import { weightNorm } from '#core/explorer/weightSpace'
import { streams } from '#core/random/philox'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const shape = { stateWidth: 3, itemWidth: 2, hidden: 4, head: 'hidden1', dueling: true } as const
const pair = () =>
  [1, 2].map(() => new QNetwork(shape, ops, streams(1)('weights', 0))) as [QNetwork, QNetwork]
const params = (over: Partial<DbgdParams> = {}) => ({
  ...DbgdParams.parse({ kind: 'dbgd' }),
  ...over,
})
const rng = () => streams(4)('perturb', 0)
const spaceOf = (q: QNetwork, { perturbLayers }: DbgdParams) => networkSpace(q, perturbLayers, ops)
const explore = (q: QNetwork, explorer: QNetwork, options: DbgdParams, draws = rng()) =>
  dbgd.draw(spaceOf(q, options), q, [q, explorer], options, () => draws)
const win = (q: QNetwork, explorer: QNetwork, options: DbgdParams) =>
  applyMinorRule(spaceOf(q, options), q, explorer, options)

describe('explore', () => {
  it('keeps element noise within α of each weight, never moving a zero nor a sign', () => {
    const [q, explorer] = pair()
    q.restore(q.state().map((values) => values.map((v, i) => (i === 0 ? 0 : v))))
    explore(q, explorer, params({ alpha: 0.3 }))
    const w = q.state()
    explorer.state().forEach((values, t) =>
      values.forEach((v, i) => {
        const base = w[t]![i]!
        expect(Math.abs(v - base)).toBeLessThanOrEqual(0.3 * Math.abs(base) + 1e-7)
        if (i === 0) expect(v).toBe(0)
        else expect(Math.sign(v)).toBe(Math.sign(base))
      }),
    )
    q.dispose()
    explorer.dispose()
  })

  it.each([
    [
      'advantage',
      [
        'advantage hidden weight',
        'advantage hidden bias',
        'advantage out weight',
        'advantage out bias',
      ],
    ],
    ['last', ['advantage out weight', 'advantage out bias']],
  ] as const)('touches only the layers of "%s"', (perturbLayers, touched) => {
    const [q, explorer] = pair()
    explore(q, explorer, params({ perturbLayers, perturbScope: 'additive' }))
    const w = q.state()
    const moved = q.weights.filter((_, t) => explorer.state()[t]!.some((v, i) => v !== w[t]![i]!))
    expect(moved.map(({ name }) => name)).toEqual(touched)
    q.dispose()
    explorer.dispose()
  })
})

describe('applyMinorRule', () => {
  it('steps by η·ΔW, prints W + η·W~ and replaces by W~', () => {
    for (const [minorRule, expected] of [
      ['step', (w: number, x: number) => w + 0.05 * (x - w)],
      ['printed', (w: number, x: number) => w + 0.05 * x],
      ['replace', (_: number, x: number) => x],
      ['none', (w: number) => w],
    ] as const) {
      const [q, explorer] = pair()
      const options = params({ minorRule, normGuard: 'off', alpha: 0.5 })
      explore(q, explorer, options)
      const [w, x] = [q.state(), explorer.state()]
      win(q, explorer, options)
      q.state().forEach((values, t) =>
        values.forEach((v, i) => expect(v).toBeCloseTo(expected(w[t]![i]!, x[t]![i]!), 5)),
      )
      q.dispose()
      explorer.dispose()
    }
  })

  it('leaves W bit-identical by a step with ΔW = 0, and blows it up as printed', () => {
    const [q, explorer] = pair()
    ops.copy(explorer.variables, q.variables)
    const before = q.state()
    expect(win(q, explorer, params()).stepNorm).toBe(0)
    expect(q.state()).toEqual(before)
    win(q, explorer, params({ minorRule: 'printed', normGuard: 'off' }))
    expect(weightNorm(q.state()) / weightNorm(before)).toBeCloseTo(1.05, 5)
    q.dispose()
    explorer.dispose()
  })

  it('grows the norm by less than a tenth over 2,000 random steps', () => {
    const [q, explorer] = pair()
    const before = weightNorm(q.state())
    const stream = streams(8)
    for (let duel = 0; duel < 2000; duel++) {
      explore(q, explorer, params(), stream('perturb', duel))
      win(q, explorer, params())
    }
    expect(weightNorm(q.state()) / before).toBeLessThan(1.1)
    q.dispose()
    explorer.dispose()
  })

  it('stops under the halting guard at the first number that is not finite, naming the tensor', () => {
    const [q, explorer] = pair()
    explorer.restore(explorer.state().map((values) => values.fill(3e38)))
    const options = params({ minorRule: 'printed', normGuard: 'halt', eta: 10 })
    expect(() => win(q, explorer, options)).toThrow('"value hidden weight"')
    const tensors = tf.memory().numTensors
    q.dispose()
    explorer.dispose()
    expect(tf.memory().numTensors).toBe(tensors - 16)
  })
})
