import { describe, expect, it } from 'vitest'
import { judge, measured, overall, type Expectation } from '#core/samples/questions/expectation'
import { questions, type QuestionId } from '#core/samples/questions/index'
import { played } from '#core/samples/questions/played'
import { playedHash } from '#core/samples/questions/playedHash'
import { checkSpec } from '#core/specCheck/checkSpec'

const ids = Object.keys(questions) as QuestionId[]

describe.each(ids)('the question %s', (id) => {
  const { runs, expected } = questions[id]

  it('compares runs that can start, differ, and have names of their own', () => {
    expect(runs.length).toBeGreaterThan(1)
    for (const spec of runs) expect(checkSpec(spec).issues).toEqual([])
    expect(new Set(runs.map(({ name }) => name)).size).toBe(runs.length)
    const bodies = runs.map((spec) => JSON.stringify({ ...spec, name: '' }))
    expect(new Set(bodies).size).toBe(runs.length)
  })

  it('expects something of runs that it has, and was played as it stands, with five seeds', () => {
    const names = runs.map(({ name }) => name)
    for (const { run, than } of expected) {
      expect(names).toContain(run)
      if (than !== null) expect(names).toContain(than)
    }
    expect(played[id].hash, 'npm run study:questions').toBe(playedHash(questions[id]))
    expect(played[id].seeds).toBeGreaterThanOrEqual(5)
    expect(played[id].parts.length).toBe(expected.length)
  })
})

describe('a statement', () => {
  const values = { own: [1.1, 1.2, 1.3], other: [1, 1, 1] }
  const of = (run: string) => (run === 'own' ? values.own : values.other)
  const stated = (shape: Expectation['shape'], than: string | null = 'other') =>
    judge({ run: 'own', measure: 'served', than, shape }, of)

  it('is judged by the whole interval', () => {
    // 1.2 ± t(.975, 2) · .1 / √3 = 1.2 ± .2484
    expect(stated({ kind: 'above', bound: 0.9 }).value.half).toBeCloseTo(0.2484, 4)
    expect(stated({ kind: 'above', bound: 0.9 }).judgement).toBe('confirmed')
    expect(stated({ kind: 'above', bound: 1 }).judgement).toBe('undecided')
    expect(stated({ kind: 'below', bound: 0.9 }).judgement).toBe('refuted')
    expect(stated({ kind: 'near', bound: 0.5 }).judgement).toBe('confirmed')
    expect(stated({ kind: 'near', bound: 0.1 }).judgement).toBe('undecided')
    expect(stated({ kind: 'below', bound: 1.5 }, null).judgement).toBe('confirmed')
  })

  it('makes a question confirmed only with all others', () => {
    const [yes, open, no] = (['confirmed', 'undecided', 'refuted'] as const).map((judgement) => ({
      judgement,
    }))
    expect(overall([yes!, yes!])).toBe('confirmed')
    expect(overall([yes!, open!])).toBe('undecided')
    expect(overall([open!, no!])).toBe('refuted')
  })

  it('names what a run does not have', () => {
    const run = { arms: [], normRatio: 1 } as unknown as Parameters<typeof measured>[0]
    expect(() => measured(run, 'served')).toThrow('served')
    expect(measured(run, 'normGrowth')).toBe(1)
  })
})
