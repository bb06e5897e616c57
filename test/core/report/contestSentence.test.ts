import { describe, expect, it } from 'vitest'
import { languages } from '#core/languages'
import type { Challenger, Contest, Verdict } from '#core/run/summary'
import { verdictStates } from '#core/run/summary'
import { sideNames } from '#core/sideNames'
import { verdictSentence } from '#core/verdictSentence'
import { summaryFixture } from './fixture.ts'

const verdict = (state: Verdict['state']): Verdict => ({
  state,
  reason: null,
  usersStillNeeded: null,
  differenceExists: state === 'practicallyEqual',
})

const challenger = (change: Partial<Challenger>): Challenger => ({
  side: 1,
  outcomes: { a: 600, b: 400, tie: 50, noVote: 200 },
  delta: { value: 0.082, low: 0.031, high: 0.12, n: 480 },
  logE: 5,
  otherEngines: [],
  signTest: null,
  verdict: verdict('aBetter'),
  ...change,
})

const contest = (change: Partial<Contest> = {}): Contest => ({
  design: 'duel',
  sides: [
    { kind: 'learner', label: null },
    { kind: 'popularity', label: 'Charts' },
  ],
  challengers: [challenger({})],
  family: { method: 'eBh', size: 1, errorRate: 0.05, rejected: [true] },
  clicksPerList: null,
  ...change,
})

const said = (of: Contest, language: 'en' | 'zh-CN' = 'en') => {
  const { verdict } = of.challengers[0]!
  const warned = summaryFixture({ contest: of, verdict })
  return verdictSentence({ ...warned, health: [] }, language)
}

describe('the sentence of a duel', () => {
  it('names the rankers', () => {
    expect(said(contest()).headline).toBe(
      'Learner is preferred to Charts: Δ = 0.082 (0.031 to 0.120), 480 users, 1,050 duels.',
    )
    expect(said(contest(), 'zh-CN').headline).toBe(
      '学习网络比 Charts 更受偏好：Δ = 0.082（0.031 至 0.120），480 名用户，1,050 次对决。',
    )
    expect(said(contest()).second).not.toMatch(/family|Q̃/)
  })

  it('groups many challengers by what was found, the decided ones with their numbers', () => {
    const many = contest({
      sides: [
        ...contest().sides,
        { kind: 'random', label: null },
        { kind: 'factors', label: null },
        { kind: 'staticBest', label: null },
      ],
      challengers: [
        challenger({ verdict: verdict('undecided') }),
        challenger({ side: 2 }),
        challenger({ side: 3, verdict: verdict('undecided') }),
        challenger({ side: 4, verdict: verdict('bBetter') }),
      ],
      family: { method: 'eBh', size: 4, errorRate: 0.05, rejected: [false, true, false, true] },
    })
    expect(said(many).headline).toBe(
      'Learner is preferred to Random (Δ = 0.082, 0.031 to 0.120, 480 users). ' +
        'Best static list (Δ = 0.082, 0.031 to 0.120, 480 users) is preferred to Learner. ' +
        'Learner against Charts and Matrix factorisation: undecided.',
    )
    expect(said(many, 'zh-CN').headline).toContain('学习网络对 Charts 和矩阵分解：未定。')
    expect(said({ ...many, design: 'split' }).headline).toMatch(
      /^Learner gets more clicks per list than Random \(.* users\)\. Best static list .* gets more/,
    )
  })

  it('says one sentence per challenger and which family was corrected', () => {
    const corrected = {
      ...verdict('undecided'),
      reason: 'notRejectedInFamily',
    }
    const { headline, second } = said(
      contest({
        sides: [...contest().sides, { kind: 'random', label: null }],
        challengers: [challenger({}), challenger({ side: 2, verdict: corrected })],
        family: { method: 'eBh', size: 2, errorRate: 0.05, rejected: [true, false] },
      }),
    )
    expect(headline).toMatch(/^Learner is preferred to Charts: .* Learner and Random: undecided/)
    expect(headline).toContain('not after the correction for all comparisons')
    expect(second).toContain('The 2 comparisons are one family')
    expect(second).toMatch(/e-BH rejects at a false discovery rate of 5\s%/)
  })
})

describe('the sentence of a split', () => {
  const split = contest({
    design: 'split',
    challengers: [challenger({ outcomes: null })],
    clicksPerList: [
      { value: 1.38, low: 1.2, high: 1.5, n: 241 },
      { value: 1.298, low: 1.2, high: 1.4, n: 239 },
    ],
  })

  it('speaks of clicks per list with the users of each arm', () => {
    expect(said(split).headline).toBe(
      'Learner gets more clicks per list than Charts: 1.38 against 1.30, difference 0.082 (0.031 to 0.120), 241 and 239 users.',
    )
    expect(said(split, 'zh-CN').headline).toContain('每个列表的点击数多于 Charts：1.38 对 1.30')
  })

  it('names no direction while there is none', () => {
    for (const language of languages) {
      for (const design of ['duel', 'split'] as const) {
        for (const state of verdictStates) {
          const of = { ...split, design, challengers: [challenger({ verdict: verdict(state) })] }
          const { headline } = said(of, language)
          expect(headline).not.toMatch(/NaN|undefined|null/)
          if (!state.endsWith('Better')) expect(headline).not.toMatch(/preferred|more clicks|多于/)
        }
      }
    }
  })
})

it('numbers sides that share a name', () => {
  const sides = [
    { kind: 'frozen', label: null },
    { kind: 'frozen', label: null },
    { kind: 'random', label: 'Dice' },
  ] as const
  expect(sideNames({ sides }, 'en')).toEqual(['Frozen network 1', 'Frozen network 2', 'Dice'])
})
