import { describe, expect, it } from 'vitest'
import { configuredInterleaver, type InterleaverId } from '#core/interleaver/index'
import type { Id } from '#core/interleaver/interleaver'
import { streams } from '#core/random/philox'
import { chiSquareP } from '../../support/chiSquare.ts'

/** Optimized solves its linear programs anew for every draw. */
const drawsOf = (id: InterleaverId): number => (id === 'optimized' ? 4000 : 20_000)

const digits = (text: string): number[][] =>
  text.split('/').map((list) => list.split('').map(Number))

const CASES: readonly (readonly [
  id: InterleaverId,
  params: object,
  lists: string,
  length: number,
])[] = [
  ['balanced', {}, '12345/21534', 3],
  ['balanced', { lengthPolicy: 'fill' }, '12/23', 3],
  ['debiasedBalanced', {}, '1234/2341', 4],
  ['teamDraft', {}, '123/231', 3],
  ['teamDraft', {}, '12/13', 2],
  ['teamDraft', { sharedDocs: 'prefix_neutral' }, '1234/1324', 4],
  ['teamDraft', { sharedDocs: 'same_rank_neutral' }, '1234/1324', 4],
  ['teamDraft', { sharedDocs: 'same_pick_neutral' }, '1234/1324', 4],
  ['teamDraft', {}, '1234/2143/4321', 3],
  ['teamDraft', { lengthPolicy: 'fill' }, '12/34', 4],
  ['probabilistic', {}, '12/23', 2],
  ['probabilistic', {}, '123/231', 3],
  ['probabilistic', { sampling: 'noReplace' }, '123/456', 3],
  ['probabilistic', { tau: 1 }, '1234/2341', 4],
  ['probabilistic', {}, '123/231/312', 3],
  ['probabilistic', { sampling: 'replace' }, '12/23/34', 2],
  ['probabilistic', { lengthPolicy: 'fill', tau: 1 }, '12/23/345', 4],
  ['optimized', {}, '123/231', 3],
  ['optimized', {}, '12/21/23', 2],
  ['pairwisePreference', {}, '123/241', 3],
  ['pairwisePreference', {}, '1234/2143/4321', 2],
  ['sampleOnlyScored', {}, '124/132/143', 3],
]

describe('samplers follow their exact laws', () => {
  const keyOf = (list: readonly Id[], teams: readonly number[] | null) =>
    JSON.stringify([list, teams])

  it.each(CASES)('%s %o on %s at %i', (id, params, lists, length) => {
    const method = configuredInterleaver(id, params)
    const rankings = digits(lists)
    const exact = method.distribution(rankings, length)
    const law = new Map(exact.map(({ list, teams, p }) => [keyOf(list, teams), p]))
    expect([...law.values()].reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    const hasTeams = exact[0]!.teams !== null

    const draws = drawsOf(id)
    const stream = streams(20261122)
    const counts = new Map<string, number>()
    for (let draw = 0; draw < draws; draw++) {
      const { list, teams } = method.interleave(rankings, length, stream(`${id} ${lists}`, draw))
      const key = keyOf(list, hasTeams ? teams : null)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    // an outcome expected 20 times is missed with probability e^-20
    for (const key of counts.keys()) expect(law.has(key), key).toBe(true)
    for (const [key, p] of law) if (p * draws > 20) expect(counts.has(key), key).toBe(true)
    expect(chiSquareP(counts, law)).toBeGreaterThan(1e-4 / CASES.length)
  })
})
