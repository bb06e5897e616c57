import { describe, expect, it } from 'vitest'
import { reconstructionError } from '#core/itemSpace/reconstructionError'
import { neighbourAgreement, spaceFigures } from '#core/itemSpace/spaceFigures'
import { normal } from '#core/random/distributions'
import { streams } from '#core/random/philox'

const draw = (items: number, width: number, scale: (f: number) => number, seed = 1) => {
  const rng = streams(seed)('vectors', 0)
  const values = Float32Array.from(
    { length: items * width },
    (_, i) => scale(i % width) * normal(rng),
  )
  return { items, width, values }
}

describe('item vectors', () => {
  it('have a spectrum that sums to 1 and finds the directions they lie in', () => {
    const flat = spaceFigures(draw(400, 6, () => 1))
    expect(flat.spectrum.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
    expect(flat.effectiveWidth).toBeGreaterThan(5.5)
    // the same plane, turned: rotations change no share
    const plane = draw(400, 2, (f) => (f === 0 ? 3 : 1))
    const turned = new Float32Array(400 * 3)
    for (let j = 0; j < 400; j++) {
      const [x, y] = [plane.values[2 * j]!, plane.values[2 * j + 1]!]
      turned.set([0.6 * x, 0.8 * x, y], 3 * j)
    }
    const [own, other] = [
      spaceFigures(plane),
      spaceFigures({ items: 400, width: 3, values: turned }),
    ]
    expect(other.spectrum[0]).toBeCloseTo(own.spectrum[0]!, 5)
    expect(other.spectrum[2]).toBeCloseTo(0, 5)
    expect(neighbourAgreement(own, other)).toBeGreaterThan(0.99)
    expect(neighbourAgreement(own, own)).toBe(1)
    const strange = spaceFigures(draw(400, 2, () => 1, 9))
    expect(neighbourAgreement(own, strange)).toBeLessThan(0.1)
  })

  it('are all one where an autoencoder has collapsed', () => {
    const { spectrum, effectiveWidth } = spaceFigures({
      items: 9,
      width: 2,
      values: new Float32Array(18),
    })
    expect([...spectrum, effectiveWidth]).toEqual([0, 0, 1])
  })

  it('leave of the rewards what no linear reading of them gives back', () => {
    // two users, three items: one row is 2·x − 1, the other is not linear in x
    const x = { items: 3, width: 1, values: Float32Array.of(0, 1, 2) }
    const rows = (value: number[], column: number[], start: number[]) => ({
      rows: start.length - 1,
      columns: 3,
      start: Int32Array.from(start),
      column: Int32Array.from(column),
      value: Float32Array.from(value),
    })
    expect(reconstructionError(rows([-1, 1, 3], [0, 1, 2], [0, 3]), x)).toBeCloseTo(0, 5)
    // (1, −2, 1) is orthogonal to a constant and to x
    expect(reconstructionError(rows([1, -2, 1], [0, 1, 2], [0, 3]), x)).toBeCloseTo(1, 9)
    expect(
      reconstructionError(rows([-1, 1, 3, 1, -2, 1], [0, 1, 2, 0, 1, 2], [0, 3, 6]), x),
    ).toBeCloseTo(6 / 17, 5)
    expect(reconstructionError(rows([], [], [0, 0]), x)).toBe(null)
  })
})
