import { expect, it } from 'vitest'
import { listAgreement } from '#core/compare/listAgreement'
import type { ProbeLists } from '#core/run/networkRecord'

/** A context in which side A shows these items; side B is not looked at. */
const probe = (user: number, list: readonly number[], candidates = 50): ProbeLists => ({
  user,
  candidates,
  items: Int32Array.from([...list, 99]),
  scoreA: new Float32Array(list.length + 1),
  scoreB: new Float32Array(list.length + 1),
  rankA: Uint8Array.from([...list.map((_, i) => i + 1), 0]),
  rankB: new Uint8Array(list.length + 1),
  overlap: 0,
  rbo: null,
  tau: null,
})

it('is 1 for the same lists, 0 for lists that share nothing', () => {
  const [one, other] = [probe(1, [4, 2, 7]), probe(1, [8, 9, 1])]
  expect(listAgreement([one], [one])).toEqual({ rbo: 1, tau: 1, contexts: 1 })
  expect(listAgreement([one], [other])).toEqual({ rbo: 0, tau: null, contexts: 1 })
})

it('tells order apart from content', () => {
  const found = listAgreement([probe(1, [1, 2, 3, 4])], [probe(1, [4, 3, 2, 1])])!
  expect(found.tau).toBe(-1)
  expect(found.rbo).toBeGreaterThan(0)
  expect(found.rbo).toBeLessThan(1)
})

it('compares no contexts but the same, and says so where there are none', () => {
  const found = listAgreement(
    [probe(1, [1, 2]), probe(2, [1, 2])],
    [probe(1, [1, 2]), probe(3, [1, 2])],
  )
  expect(found).toEqual({ rbo: 1, tau: 1, contexts: 1 })
  expect(listAgreement([probe(1, [1, 2])], [probe(1, [1, 2], 60)])).toBeNull()
  expect(listAgreement([], [probe(1, [1])])).toBeNull()
})
