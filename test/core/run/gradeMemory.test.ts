import { describe, expect, it } from 'vitest'
import type { Truth } from '#core/environment/environment'
import { GradeMemory } from '#core/run/gradeMemory'

/** A world that counts what it is asked; grades run from −1 to 4. */
function world(): { readonly truth: Truth; readonly asked: number[] } {
  const asked: number[] = []
  const truth: Truth = {
    attractionByGrade: [0, 0, 0, 0, 0],
    unratedAttraction: 0,
    grades(user, items, from, count, out) {
      for (let i = 0; i < count; i++) {
        asked.push(items[from + i]!)
        out[i] = ((user + items[from + i]!) % 6) - 1
      }
    },
  }
  return { truth, asked }
}

const pools = Int32Array.of(9, 9, 3, 1, 4, 3, 5, 4)

describe('GradeMemory', () => {
  it('answers as the world does, and asks it once for each item of a user', () => {
    const { truth, asked } = world()
    const memory = new GradeMemory(truth, 10, 3)
    const out = new Int8Array(5)
    memory.write(7, pools, 2, 3, out, 1) // items 3, 1, 4
    memory.write(7, pools, 5, 3, out, 2) // items 3, 5, 4
    expect([...out]).toEqual([0, 3, 3, -1, 4])
    expect(asked).toEqual([3, 1, 4, 5])
    memory.write(8, pools, 2, 1, out, 0)
    expect(out[0]).toBe(4)
    expect(asked).toEqual([3, 1, 4, 5, 3])
  })

  it('asks again about a user who left and came back, and mixes up no two users', () => {
    const { truth, asked } = world()
    const memory = new GradeMemory(truth, 10, 3)
    const out = new Int8Array(1)
    memory.write(7, pools, 2, 1, out, 0)
    memory.forget(7)
    memory.write(2, pools, 2, 1, out, 0)
    expect(out[0]).toBe(4)
    memory.write(7, pools, 2, 1, out, 0)
    expect(out[0]).toBe(3)
    expect(asked).toEqual([3, 3, 3])
  })

  it('asks each time where rows would take too much memory', () => {
    const { truth, asked } = world()
    const memory = new GradeMemory(truth, 2 ** 27, 3)
    const out = new Int8Array(4)
    memory.write(7, pools, 2, 3, out, 1)
    memory.write(7, pools, 2, 3, out, 1)
    expect([...out]).toEqual([0, 3, 1, 4])
    expect(asked).toEqual([3, 1, 4, 3, 1, 4])
  })
})
