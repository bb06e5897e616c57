import { describe, expect, it } from 'vitest'
import { ExperimentSpec } from '#core/experimentSpec'
import { checkSpec } from '#core/specCheck/checkSpec'

const world = { kind: 'typedLatent' }
const base = { name: 'x', environment: world }

/** What is wrong, the field that must be named, words of the remedy, and the offered fix. */
const malformed: readonly [unknown, string, string, unknown][] = [
  [undefined, 'spec', 'spec is missing; it must be an object', expect.anything()],
  [null, 'spec', 'spec is null; it must be an object', expect.anything()],
  [7, 'spec', 'spec is 7; it must be an object', expect.anything()],
  ['text', 'spec', 'spec is "text"; it must be an object', expect.anything()],
  [[base], 'spec', 'it must be an object', expect.anything()],
  [{}, 'name', 'name is missing; it must be a text', 'Experiment'],
  [{ environment: world }, 'name', 'name is missing', 'Experiment'],
  [{ name: 'x' }, 'environment', 'environment is missing; it must be an object', expect.anything()],
  [{ ...base, name: '  ' }, 'name', 'at least 1 character', 'Experiment'],
  [{ ...base, name: 'y'.repeat(121) }, 'name', 'at most 120 characters', 'y'.repeat(120)],
  [{ ...base, name: 5 }, 'name', 'name is 5; it must be a text', 'Experiment'],
  [
    { ...base, environment: { kind: 'lowRank', items: 100, ratingsPerUser: 60 } },
    'environment.ratingsPerUser',
    'rate at most half of its 100 items',
    50,
  ],
  [
    { ...base, environment: { kind: 'impressions', dataset: 'x', pastShar: 0.3 } },
    'environment.pastShar',
    'did you mean pastShare?',
    null,
  ],
  [
    { ...base, environment: { kind: 'bandit', dataset: 'x', penalty: -1 } },
    'environment.penalty',
    'must be greater than 0',
    1,
  ],
  [
    { ...base, environment: { kind: 'news' }, click: { kind: 'graded' } },
    'click.kind',
    'the items of the world "news" have no grades',
    'positionBased',
  ],
  [{ ...base, design: 'race' }, 'design', 'one of "explore", "duel", "split"', 'explore'],
  [
    { ...base, design: 'duel' },
    'rankers',
    'rankers has no entry; the design "duel" compares 2 to 6',
    [{ kind: 'learner' }, { kind: 'popularity' }],
  ],
  [
    { ...base, design: 'duel', rankers: [{ kind: 'random' }] },
    'rankers',
    'rankers has 1 entry',
    [{ kind: 'random' }, { kind: 'popularity' }],
  ],
  [
    { ...base, design: 'duel', rankers: Array(7).fill({ kind: 'random' }) },
    'rankers',
    'at most 6 entries',
    Array(6).fill({ kind: 'random' }),
  ],
  [
    { ...base, rankers: [{ kind: 'random' }] },
    'rankers',
    'it must be empty in the design "explore"',
    [],
  ],
  [
    { ...base, design: 'duel', rankers: [{ kind: 'best' }, { kind: 'random' }] },
    'rankers.0.kind',
    'one of "learner", "frozen"',
    'learner',
  ],
  [
    { ...base, design: 'duel', rankers: [{ kind: 'random', lable: 'x' }, { kind: 'random' }] },
    'rankers.0.lable',
    'known are kind, label',
    null,
  ],
  [
    {
      ...base,
      design: 'split',
      rankers: [{ kind: 'random' }, { kind: 'random' }],
      analysis: { engine: 'betting' },
    },
    'analysis.engine',
    'a split compares clicks per list by "asymptotic"',
    'asymptotic',
  ],
  ...(['balanced', 'debiasedBalanced'] as const).map((kind): [unknown, string, string, unknown] => [
    {
      ...base,
      design: 'duel',
      rankers: Array(3).fill({ kind: 'random' }),
      interleaver: { kind },
      analysis: { engine: 'asymptotic' },
    },
    'interleaver.kind',
    `"${kind}", which merges 2 rankers, but rankers has 3 entries`,
    'teamDraft',
  ]),
  ...(['debiasedBalanced', 'pairwisePreference'] as const).flatMap(
    (kind): [unknown, string, string, unknown][] => [
      [
        { ...base, interleaver: { kind }, analysis: {} },
        'analysis.engine',
        'have no bound; choose "asymptotic" or "fixedUserT", or lock a bound M in analysis.scoreBound',
        'asymptotic',
      ],
      [
        { ...base, interleaver: { kind }, analysis: { engine: 'betaBinomial' } },
        'analysis.engine',
        'the sign of a score',
        'asymptotic',
      ],
    ],
  ),
  [{ ...base, version: 2 }, 'version', 'update Duelist', null],
  [{ ...base, version: 'one' }, 'version', 'version is "one"; it must be 1', 1],
  [{ ...base, version: -1 }, 'version', 'version is -1; it must be 1', 1],
  [
    { ...base, environment: {} },
    'environment.kind',
    'one of "ratings", "typedLatent"',
    'typedLatent',
  ],
  [
    { ...base, environment: { kind: 'moon' } },
    'environment.kind',
    'environment.kind is "moon"',
    'typedLatent',
  ],
  [{ ...base, environment: { kind: 'ratings' } }, 'environment.dataset', 'must be a text', null],
  [
    { ...base, environment: { kind: 'ratings', dataset: '' } },
    'environment.dataset',
    'at least 1 character',
    null,
  ],
  [
    { ...base, environment: { ...world, users: 1 } },
    'environment.users',
    'users is 1; it must be at least 2',
    2,
  ],
  [{ ...base, environment: { ...world, users: 2.6 } }, 'environment.users', 'a whole number', 3],
  [{ ...base, environment: { ...world, users: 0.4 } }, 'environment.users', 'a whole number', 500],
  [{ ...base, environment: { ...world, likeSame: 1.2 } }, 'environment.likeSame', 'at most 1', 1],
  [
    { ...base, environment: { ...world, ratingsPerUser: 3000 } },
    'environment.ratingsPerUser',
    'only 2000 items',
    2000,
  ],
  [
    { ...base, environment: { ...world, types: 900, items: 500, ratingsPerUser: 9 } },
    'environment.types',
    'only 500 items',
    500,
  ],
  [
    { ...base, environment: { ...world, attractionByGrade: [0, 1] } },
    'environment.attractionByGrade',
    'must have 5 entries',
    expect.any(Array),
  ],
  [
    { ...base, environment: { ...world, attractionByGrade: [0, 0, 0, 0, 9] } },
    'environment.attractionByGrade.4',
    'at most 1',
    1,
  ],
  [
    { ...base, traffic: 'lots' },
    'traffic',
    'traffic is "lots"; it must be an object',
    expect.anything(),
  ],
  [
    { ...base, traffic: { users: NaN } },
    'traffic.users',
    'traffic.users is NaN; it must be a number',
    500,
  ],
  [{ ...base, traffic: { users: Infinity } }, 'traffic.users', 'traffic.users is Infinity', 500],
  [
    { ...base, traffic: { users: '50' } },
    'traffic.users',
    'traffic.users is "50"; it must be a number',
    500,
  ],
  [
    { ...base, traffic: { secondsBetweenRequests: 0 } },
    'traffic.secondsBetweenRequests',
    'greater than 0',
    4,
  ],
  [
    { ...base, traffic: { secondsBetweenRequests: 1e6 } },
    'traffic.secondsBetweenRequests',
    'at most 86400',
    86_400,
  ],
  [
    { ...base, traffic: { listLength: 50, poolSize: 20 } },
    'traffic.poolSize',
    'at least the 50 items',
    50,
  ],
  [{ ...base, trafic: {} }, 'trafic', 'did you mean traffic?', null],
  [{ ...base, colour: 1 }, 'colour', 'known are version, name,', null],
  [
    { ...base, agent: { kind: 'drn', learningrate: 1 } },
    'agent.learningrate',
    'did you mean learningRate?',
    null,
  ],
  [{ ...base, agent: { kind: 'sarsa' } }, 'agent.kind', 'one of "drn"', 'drn'],
  [{ ...base, agent: { kind: 'drn', gamma: 1 } }, 'agent.gamma', 'at most 0.999', 0.999],
  [
    { ...base, agent: { kind: 'drn', learningRate: 0 } },
    'agent.learningRate',
    'greater than 0',
    0.003,
  ],
  [{ ...base, agent: { kind: 'drn', doubleQ: 1 } }, 'agent.doubleQ', 'true or false', true],
  [
    { ...base, explorer: { kind: 'dbgd', minorRule: 'leap' } },
    'explorer.minorRule',
    'one of "step"',
    'step',
  ],
  [
    { ...base, explorer: null },
    'explorer',
    'explorer is null; it must be an object',
    expect.anything(),
  ],
  [
    { ...base, interleaver: { kind: 'probabilistic', tau: -1 } },
    'interleaver.tau',
    'at least 0',
    0,
  ],
  [{ ...base, click: { kind: 'positionBased', eta: 9 } }, 'click.eta', 'at most 4', 4],
  [{ ...base, analysis: { errorRate: 0 } }, 'analysis.errorRate', 'at least 0.001', 0.001],
  [
    { ...base, interleaving: {}, interleaver: { kind: 'teamDraft' } },
    'interleaving',
    'did you mean interleaver?',
    null,
  ],
]

describe('checkSpec', () => {
  it.each(malformed)('names field, value and remedy of %j', (spec, path, words, fix) => {
    const { spec: accepted, issues } = checkSpec(spec)
    expect(accepted).toBeNull()
    const issue = issues.find((one) => one.path === path)
    expect(issues.map((one) => one.path)).toContain(path)
    expect(issue?.message).toContain(words)
    expect(issue?.fix).toEqual(fix)
  })

  it.each(malformed)('offers only fixes that would be accepted, for %j', (spec) => {
    for (const { path, fix } of checkSpec(spec).issues) {
      if (fix === null || path === 'spec') continue
      const repaired = structuredClone(spec) as Record<string, unknown>
      const keys = path.split('.')
      const last = keys.pop()!
      let target: Record<string, unknown> = repaired
      for (const key of keys) target = target[key] as Record<string, unknown>
      target[last] = fix
      const left = checkSpec(repaired).issues.map((issue) => issue.path)
      expect(left).not.toContain(path)
    }
  })

  it('tells of every field at once', () => {
    const spec = { environment: { ...world, users: 0 }, traffic: { users: 0 }, extra: 1 }
    expect(
      checkSpec(spec)
        .issues.map((issue) => issue.path)
        .sort(),
    ).toEqual(['environment.users', 'extra', 'name', 'traffic.users'])
  })

  it('shortens a long value', () => {
    const [issue] = checkSpec({ ...base, design: 'z'.repeat(500) }).issues
    expect(issue!.message.length).toBeLessThan(120)
  })

  it('gives what the schema gives when all is well', () => {
    expect(checkSpec(base)).toEqual({ spec: ExperimentSpec.parse(base), issues: [] })
  })
})
