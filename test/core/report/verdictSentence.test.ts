import { describe, expect, it } from 'vitest'
import { languages } from '#core/languages'
import type { HealthCheck, RunSummary, Verdict } from '#core/run/summary'
import { verdictStates } from '#core/run/summary'
import { verdictSentence } from '#core/verdictSentence'
import { summaryFixture } from './fixture.ts'

const verdict = (change: Partial<Verdict>): Verdict => ({
  state: 'undecided',
  reason: null,
  usersStillNeeded: null,
  differenceExists: false,
  ...change,
})
const said = (summary: Partial<RunSummary>, language: 'en' | 'zh-CN' = 'en') =>
  verdictSentence(summaryFixture(summary), language)

const blocked: HealthCheck = {
  id: 'firstPickFairness',
  level: 'block',
  value: 1e-9,
  kind: 'p',
  limit: 0.001,
  n: 500,
}

describe('the headline', () => {
  it.each([
    [
      verdict({ state: 'bBetter' }),
      'Q̃ is preferred: Δ = −0.039 (−0.051 to −0.014), 3,204 users, 16,652 duels.',
      'Q̃ 更受偏好：Δ = −0.039（−0.051 至 −0.014），3,204 名用户，16,652 次对决。',
    ],
    [
      verdict({ state: 'aBetter' }),
      'Q is preferred: Δ = −0.039 (−0.051 to −0.014), 3,204 users, 16,652 duels.',
      'Q 更受偏好：Δ = −0.039（−0.051 至 −0.014），3,204 名用户，16,652 次对决。',
    ],
    [
      verdict({ state: 'undecided', usersStillNeeded: 2437 }),
      'Undecided: Δ between −0.051 and −0.014; about 2,400 more users at the current rate.',
      '未定：Δ 在 −0.051 至 −0.014 之间；按当前速度约还需 2,400 名用户。',
    ],
    [
      verdict({ state: 'undecided' }),
      'Undecided: Δ between −0.051 and −0.014; how many more users it takes is not estimable yet.',
      '未定：Δ 在 −0.051 至 −0.014 之间；还需多少用户目前无法估计。',
    ],
    [
      verdict({ state: 'practicallyEqual' }),
      'Q and Q̃ are practically equal: Δ between −0.051 and −0.014 (3,204 users).',
      'Q 与 Q̃ 实际等效：Δ 在 −0.051 至 −0.014 之间（3,204 名用户）。',
    ],
    [
      verdict({ state: 'practicallyEqual', differenceExists: true }),
      'Q and Q̃ are practically equal: Δ between −0.051 and −0.014 (3,204 users); a difference exists, smaller than the region you set.',
      'Q 与 Q̃ 实际等效：Δ 在 −0.051 至 −0.014 之间（3,204 名用户）；差异存在，但小于所设区间。',
    ],
    [
      verdict({ state: 'insufficient', reason: 'fewerThanTwoUsers' }),
      'No verdict yet: fewer than two users have voted.',
      '尚无结论：投票用户不足两名。',
    ],
    [
      verdict({ state: 'invalid', reason: 'configChanged' }),
      'No verdict: the configuration or the data changed while running.',
      '无结论：运行期间配置或数据发生了变化。',
    ],
  ])('of $state', (of, english, chinese) => {
    expect(said({ verdict: of }).headline).toBe(english)
    expect(said({ verdict: of }, 'zh-CN').headline).toBe(chinese)
  })

  it('names the check that blocks, with its value', () => {
    const of = {
      verdict: verdict({ state: 'invalid', reason: 'firstPickFairness' }),
      health: [blocked],
    }
    expect(said(of).headline).toBe(
      'No verdict: first picks are out of balance between the teams (p <\u00a00.001).',
    )
    expect(said(of, 'zh-CN').headline).toBe('无结论：两队的首选次数不均衡（p <\u00a00.001）。')
  })
})

describe('the second line', () => {
  it('begins with the warnings', () => {
    expect(said({}).second).toMatch(
      /^One warning: 27\.1\u00a0% of the shown slots could tell the two lists apart \(limit 30\u00a0%\)\. Users clicked the explore/,
    )
    expect(said({}, 'zh-CN').second).toMatch(/^1 条警告：仅 27\.1\u00a0% 的展示位/)
  })

  it('says what would decide an undecided run', () => {
    const second = said({ verdict: verdict({}), health: [] }).second
    expect(second).toBe(
      'So far 3,204 users. It is decided once the interval excludes 0 or fits into the equivalence region.',
    )
  })
})

describe('every sentence', () => {
  const all = verdictStates.flatMap((state) =>
    languages.map((language) => [state, language] as const),
  )
  it.each(all)('of %s in %s keeps to what may be said', (state, language) => {
    for (const reason of [null, 'noVotes', 'Something of its own.']) {
      const { headline, second } = said({ verdict: verdict({ state, reason }) }, language)
      const text = `${headline} ${second}`
      expect(text).not.toMatch(/winner|proved|significant|NaN|undefined|null|胜者|显著/i)
      expect(headline).toMatch(/[.。]$/)
      expect(headline).not.toMatch(/[.。][.。]/)
      expect(text).not.toMatch(/-\d/) // a hyphen for a minus sign
      if (state !== 'aBetter' && state !== 'bBetter') {
        expect(text).not.toMatch(/preferred|better|偏好|优于/)
      }
    }
  })

  it('has no number where there is none', () => {
    const none = { value: null, low: null, high: null, n: 0, reason: 'noVotes' }
    const of = { delta: none, verdict: verdict({ state: 'insufficient', reason: 'noVotes' }) }
    expect(said(of).headline).toBe(
      'No verdict yet: no list has got a click that counts for a team.',
    )
  })
})

it('says that nothing was compared where both sides gave every list', () => {
  const outcomes = { a: 0, b: 0, tie: 4, noVote: 6, identical: 10 }
  const summary = {
    impressions: 10,
    outcomes,
    verdict: verdict({ state: 'insufficient', reason: 'noVotes' }),
  }
  expect(said(summary).headline).toMatch(/^Nothing was compared/)
  expect(said(summary, 'zh-CN').headline).toContain('没有可比较')
  const told = said({ ...summary, outcomes: { ...outcomes, identical: 9 } })
  expect(told.headline).toMatch(/^No verdict yet/)
})
