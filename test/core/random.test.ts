import { describe, expect, it } from 'vitest'
import { mulberry32 } from '#core/random/mulberry32'
import { philox4x32, streams } from '#core/random/philox'

describe('philox4x32', () => {
  // Known answers of the Random123 distribution (kat_vectors, philox4x32 10).
  it.each([
    {
      counter: [0, 0, 0, 0],
      key: [0, 0],
      expected: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    },
    {
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      expected: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      expected: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ])('gives the published words for counter $counter', ({ counter, key, expected }) => {
    const out = new Uint32Array(4)
    philox4x32(counter[0]!, counter[1]!, counter[2]!, counter[3]!, key[0]!, key[1]!, out)
    expect([...out]).toEqual(expected)
  })
})

describe('streams', () => {
  it('repeats a stream and separates names, indices and seeds', () => {
    const draw = (seed: number, name: string, index: number) => {
      const rng = streams(seed)(name, index)
      return [rng.u(), rng.u(), rng.u()]
    }
    const first = draw(1, 'click', 7)
    expect(draw(1, 'click', 7)).toEqual(first)
    for (const other of [
      draw(2, 'click', 7),
      draw(1, 'pool', 7),
      draw(1, 'click', 8),
      draw(1, 'click', 7 + 2 ** 32),
    ]) {
      expect(other).not.toEqual(first)
    }
  })

  it('is uniform over streams as well as within one', () => {
    const stream = streams(3)
    let across = 0
    for (let index = 0; index < 20000; index++) across += stream('mean', index).u()
    const rng = stream('mean', 0)
    let within = 0
    for (let i = 0; i < 20000; i++) within += rng.u()
    // sd of a mean of 20,000 uniforms is 0.00204; five of them
    expect(Math.abs(across / 20000 - 0.5)).toBeLessThan(0.0102)
    expect(Math.abs(within / 20000 - 0.5)).toBeLessThan(0.0102)
  })

  it('draws nothing for a forced choice', () => {
    const a = streams(5)('forced', 0)
    const b = streams(5)('forced', 0)
    expect(a.int(1)).toBe(0)
    expect(a.u()).toBe(b.u())
  })

  it('names a seed it can not use', () => {
    expect(() => streams(1.5)).toThrow('seed 1.5')
    expect(() => streams(1)('x', -1)).toThrow('stream index -1')
  })
})

describe('mulberry32', () => {
  it('starts as the oracle says', () => {
    const rng = mulberry32(20261122)
    expect(rng.u()).toBe(0.8369944463483989)
    expect(rng.u()).toBe(0.10530598578043282)
  })
})
