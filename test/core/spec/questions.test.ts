import { describe, expect, it } from 'vitest'
import { questions } from '#core/samples/questions/index'
import { checkSpec } from '#core/specIssues'

describe.each(Object.entries(questions))('the question %s', (_, { runs }) => {
  it('compares runs that can start, differ, and have names of their own', () => {
    expect(runs.length).toBeGreaterThan(1)
    for (const spec of runs) expect(checkSpec(spec).issues).toEqual([])
    expect(new Set(runs.map(({ name }) => name)).size).toBe(runs.length)
    const bodies = runs.map((spec) => JSON.stringify({ ...spec, name: '' }))
    expect(new Set(bodies).size).toBe(runs.length)
  })
})
