import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defaultSource } from '#core/defaultSources'
import { ExperimentSpec } from '#core/experimentSpec'
import {
  formFields,
  isUsedIn,
  splitByRank,
  withKind,
  type Schema,
} from '#renderer/components/setup/formFields'
import { planDifferences } from '#renderer/components/setup/planDifferences'
import { planSize } from '#renderer/components/setup/planSize'
import {
  differences,
  leaves,
  sectionOf,
  valueAt,
  withValue,
} from '#renderer/components/setup/specPaths'

const schema = z.toJSONSchema(ExperimentSpec, { io: 'input' }) as Schema
const spec = ExperimentSpec.parse({ name: 'x', environment: { kind: 'typedLatent' } })

describe('the size of a plan', () => {
  it('follows from its settings, or from what the host has counted', () => {
    const plan = withValue(spec, 'traffic', {
      ...spec.traffic,
      users: 30,
      impressionsPerUser: 10,
      secondsBetweenRequests: 4,
    }) as ExperimentSpec
    const { duelImpressions } = plan.explorer
    expect(planSize(plan, null)).toEqual({
      impressions: 300,
      seconds: 1200,
      duels: Math.floor(300 / duelImpressions),
      majors: Math.floor(Math.floor(300 / duelImpressions) / plan.agent.majorEveryDuels),
    })
    expect(planSize(plan, 10 * duelImpressions + 1)).toMatchObject({ duels: 10 })
    const never = { ...plan, agent: { ...plan.agent, majorEveryDuels: 0 } }
    expect(planSize(never, null).majors).toBe(0)
  })
})

describe('the form', () => {
  const fields = formFields(schema, spec)
  const byPath = new Map(fields.map((field) => [field.path, field]))

  it('asks for every field of the chosen kinds that has more than one value', () => {
    const asked = new Set(fields.map(({ path }) => path))
    const constant = ['version', 'analysis.unit']
    for (const { path } of leaves(spec))
      expect([path, asked.has(path)]).toEqual([path, !constant.includes(path)])
    expect(asked.has('environment.dataset')).toBe(false)
  })

  it('asks for rankers by their kinds, and for what the design uses', () => {
    expect(byPath.get('rankers')).toMatchObject({ control: 'rankers', max: 6 })
    expect(byPath.get('rankers')?.options).toContain('popularity')
    const used = (design: string) =>
      fields.filter((field) => isUsedIn(design, field)).map(({ path }) => path)
    expect(used('explore')).not.toContain('rankers')
    expect(used('explore')).toHaveLength(fields.length - 1)
    expect(used('duel')).toEqual(expect.arrayContaining(['rankers', 'interleaver.kind']))
    expect(used('duel')).not.toContain('explorer.alpha')
    expect(used('split')).not.toContain('interleaver.kind')
    expect(used('split')).toContain('traffic.listLength')
  })

  it('knows limits, choices and defaults', () => {
    expect(byPath.get('explorer.alpha')).toMatchObject({
      control: 'number',
      min: 0,
      max: 10,
      fallback: 0.1,
    })
    expect(byPath.get('environment.kind')?.options).toEqual(
      expect.arrayContaining(['ratings', 'typedLatent', 'impressions']),
    )
    expect(byPath.get('explorer.exchangeable')?.control).toBe('flag')
    expect(byPath.get('environment.attractionByGrade')?.control).toBe('list')
  })

  it('says where every default of a learner, a strategy and a generated world comes from', () => {
    const imported = ['ratings', 'impressions', 'queries', 'bandit']
    const unsaid = ['agent', 'explorer', 'environment'].flatMap((part) =>
      (schema.properties?.[part]?.oneOf ?? [])
        .map((branch) => String(branch.properties?.['kind']?.const))
        .filter((kind) => !imported.includes(kind))
        .flatMap((kind) => formFields(schema, { ...spec, [part]: { kind } }))
        .filter(({ path }) => path.startsWith(`${part}.`) && !path.endsWith('.kind'))
        .filter(({ path, kind }) => defaultSource(path, kind ?? '') === null)
        .map(({ path, kind }) => `${path} of ${kind}`),
    )
    expect(unsaid).toEqual([])
    expect(defaultSource('agent.gamma', 'drn')).toBe('reported')
    expect(defaultSource('rankers.0.agent.clip', 'policy')).toBe('ppo')
  })

  it('loses no field between what is shown at once and what waits', () => {
    const { main, more } = splitByRank(fields)
    expect(main.length + more.length).toBe(fields.length)
  })

  it('changes a kind with its defaults and keeps what both kinds have', () => {
    const world = { ...spec.environment, factors: 24 }
    expect(withKind(schema, 'environment', 'ratings', world)).toMatchObject({
      kind: 'ratings',
      factors: 24,
      historyShare: 0.5,
    })
    expect(withKind(schema, 'environment', 'ratings', world)).not.toHaveProperty('items')
    // Adam's step size is none for PDGD, but one that was typed in is kept
    expect(withKind(schema, 'agent', 'pdgd', spec.agent)).toMatchObject({ learningRate: 0.1 })
    const typed = { ...spec.agent, learningRate: 0.2 }
    expect(withKind(schema, 'agent', 'pdgd', typed)).toMatchObject({ learningRate: 0.2 })
  })
})

describe('paths of a spec', () => {
  it('read and replace without touching the original', () => {
    const changed = withValue({ a: { b: 1 }, c: 2 }, 'a.b', 5)
    expect(changed).toEqual({ a: { b: 5 }, c: 2 })
    expect(valueAt(changed, 'a.b')).toBe(5)
    expect(valueAt(changed, 'a.b.c')).toBeUndefined()
  })

  it('show what differs, both ways', () => {
    expect(differences({ a: 1, b: [1, 2], d: 3 }, { a: 1, b: [1, 3], c: 4 })).toEqual([
      { path: 'b', before: [1, 2], after: [1, 3] },
      { path: 'c', before: undefined, after: 4 },
      { path: 'd', before: 3, after: undefined },
    ])
  })

  it('of another kind differ by the kind and by what is set besides its defaults', () => {
    const plan = (change: object) =>
      ExperimentSpec.parse({ name: 'x', environment: { kind: 'typedLatent' }, ...change })
    const moved = plan({
      environment: { kind: 'news', days: 5 },
      interleaver: { kind: 'teamDraft' },
      traffic: { users: 90 },
    })
    const changes = planDifferences(plan({}), moved)
    expect(new Set(changes.map(({ path }) => path))).toEqual(
      new Set(['traffic.users', 'environment.kind', 'interleaver.kind', 'environment.days']),
    )
    expect(changes.find(({ path }) => path === 'environment.days')).toMatchObject({
      before: 14,
      after: 5,
    })
  })

  it('have a section, known or not', () => {
    expect(sectionOf('traffic.listLength')).toBe('interleaving')
    expect(sectionOf('traffic.users')).toBe('traffic')
    expect(sectionOf('novelty.weight')).toBe('other')
  })
})
