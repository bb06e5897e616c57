import { singular } from './singular.ts'
import { contestSentence } from './contestSentence.ts'
import type { Language } from './languages.ts'
import {
  formatInteger,
  formatInterval,
  formatNumber,
  formatP,
  formatPercent,
  formatPercentSetting,
} from './format.ts'
import { guardrailSentences } from './guardrailSentences.ts'
import { methodSentences } from './methodSentences.ts'
import { reasonWords } from './reasonWords.ts'
import type { Findings, HealthCheck } from './run/summary.ts'

/** What a run says, in one sentence, and what stands behind it or would change it. */
export interface VerdictSentence {
  readonly headline: string
  /** Warnings first, then what would change the verdict. */
  readonly second: string
}

/**
 * The generated verdict; nobody types one. It names no direction while the verdict is undecided,
 * equal, insufficient or invalid.
 */
export function verdictSentence(summary: Findings, language: Language): VerdictSentence {
  const say = wordsOf(language)
  const { delta, verdict, outcomes } = summary
  const parts: Parts = {
    low: formatNumber(delta.low),
    high: formatNumber(delta.high),
    delta: formatNumber(delta.value),
    interval: formatInterval(delta.low, delta.high, language),
    users: formatInteger(delta.n),
    duels: formatInteger(outcomes.a + outcomes.b + outcomes.tie),
    more: verdict.usersStillNeeded === null ? null : formatInteger(rough(verdict.usersStillNeeded)),
    differenceExists: verdict.differenceExists,
    reason: reasonOf(summary, language),
  }
  // one network that serves alone, or rankers that agree everywhere: no check tells more
  if (isAlone(summary)) return say.alone
  const warnings = summary.health.filter((check) => check.level === 'warn')
  const contest =
    summary.contest && verdict.state !== 'invalid'
      ? contestSentence(summary.contest, language)
      : null
  return {
    headline: contest?.headline ?? say.headline[verdict.state](parts),
    second: [
      ...(warnings.length > 0 ? [say.warnings(warnings.map((check) => say.check(check)))] : []),
      ...(summary.method ? methodSentences(summary.method, language) : []),
      ...guardrailSentences(summary.guardrails ?? [], language),
      contest?.second ?? say.after[verdict.state](parts),
    ].join(say.space),
  }
}

/** Whether every list was that of both sides, so that nothing could be compared. */
const isAlone = ({ verdict, impressions, outcomes }: Findings): boolean =>
  verdict.state === 'insufficient' && impressions > 0 && outcomes.identical === impressions

/** A forecast has no more than two digits worth telling. */
const rough = (n: number): number => Number(n.toPrecision(2))

/** Already formatted. */
interface Parts {
  readonly low: string
  readonly high: string
  readonly delta: string
  readonly interval: string
  readonly users: string
  readonly duels: string
  readonly more: string | null
  readonly differenceExists: boolean
  readonly reason: string
}

type State = Findings['verdict']['state']

interface Words {
  readonly headline: Readonly<Record<State, (parts: Parts) => string>>
  readonly after: Readonly<Record<State, (parts: Parts) => string>>
  readonly alone: VerdictSentence
  readonly check: (check: HealthCheck) => string
  readonly warnings: (clauses: readonly string[]) => string
  readonly list: string
  readonly space: string
  readonly unknownReason: string
}

/** Blocking checks say it best, with their value; else the reason that came with the verdict. */
function reasonOf(summary: Findings, language: Language): string {
  const say = wordsOf(language)
  const { state, reason } = summary.verdict
  const blocking = summary.health.filter((check) => check.level === 'block')
  if (state === 'invalid' && blocking.length > 0) {
    return blocking.map((check) => say.check(check)).join(say.list)
  }
  return reason === null ? say.unknownReason : reasonWords(reason, language)
}

const wordsOf = (language: Language): Words => (language === 'zh-CN' ? chinese : english)

function valueOf({ kind, value }: HealthCheck): string {
  if (kind === 'p') {
    const p = formatP(value)
    return p.startsWith('<') ? `p ${p}` : `p = ${p}`
  }
  return kind === 'share' ? formatPercent(value) : formatInteger(value)
}

const limitOf = ({ kind, limit }: HealthCheck): string =>
  kind === 'share'
    ? formatPercentSetting(limit)
    : kind === 'p'
      ? String(limit)
      : formatInteger(limit)

const english: Words = {
  headline: {
    invalid: ({ reason }) => `No verdict: ${reason}.`,
    insufficient: ({ reason }) => `No verdict yet: ${reason}.`,
    practicallyEqual: ({ low, high, users, differenceExists }) =>
      `Q and Q̃ are practically equal: Δ between ${low} and ${high} (${users} users)${
        differenceExists ? '; a difference exists, smaller than the region you set' : ''
      }.`,
    aBetter: ({ delta, interval, users, duels }) =>
      singular(`Q is preferred: Δ = ${delta} (${interval}), ${users} users, ${duels} duels.`),
    bBetter: ({ delta, interval, users, duels }) =>
      singular(`Q̃ is preferred: Δ = ${delta} (${interval}), ${users} users, ${duels} duels.`),
    undecided: ({ low, high, more }) =>
      more === null
        ? `Undecided: Δ between ${low} and ${high}; how many more users it takes is not estimable yet.`
        : `Undecided: Δ between ${low} and ${high}; about ${more} more users at the current rate.`,
  },
  after: {
    invalid: () => 'The effect supports no conclusion; find the cause, then run again.',
    insufficient: () =>
      'A verdict needs at least two users who clicked an item that a team gets credit for.',
    practicallyEqual: () =>
      'The whole interval lies inside the equivalence region; only a narrower region could change this.',
    aBetter: () =>
      'Users clicked the current network’s items more often than the explore network’s when both shared one list. More users can only narrow the interval.',
    bBetter: () =>
      'Users clicked the explore network’s items more often than the current network’s when both shared one list. More users can only narrow the interval.',
    undecided: ({ users }) =>
      `So far ${users} users. It is decided once the interval excludes 0 or fits into the equivalence region.`,
  },
  alone: {
    headline: 'Nothing was compared: both sides gave the same list every time.',
    second:
      'One network served alone, or the rankers agree everywhere. Its clicks stand beside those of the reference policies.',
  },
  check: (check) => {
    const value = valueOf(check)
    switch (check.id) {
      case 'firstPickFairness':
        return `first picks are out of balance between the teams (${value})`
      case 'positionTeam':
        return `teams are out of balance across positions (${value})`
      case 'noVoteByCoin':
        return `no-votes depend on which team picked first (${value})`
      case 'dilution':
        return `${value} of the shown slots could tell the two lists apart (limit ${limitOf(check)})`
      case 'heavyUsers':
        return `the most active 1 % of users cast ${value} of the votes (limit ${limitOf(check)})`
      case 'duplicates':
        return `items shown twice in one list: ${value}`
      case 'sampleRatio':
        return `the arms do not hold the planned shares of users (${value})`
      case 'firstListLead':
        return `users whose first list was led by either team are out of balance: users or lists are missing (${value})`
      case 'teamMismatch':
        return `${value} of the lists contradict the interleaving method of the plan: teams are swapped, or the method is another (limit ${limitOf(check)})`
      case 'repeatedLists':
        return `lists that were logged twice and left in: ${value}`
      case 'automaticUsers':
        return `users that look like programs and were left in: ${value}`
      case 'orphanClicks':
        return `${value} of the clicks came before their list or after the window, and count for nobody (limit ${limitOf(check)})`
      case 'unmeasuredClicks':
        return `${value} of the clicks have no dwell time or click time and count for nobody (limit ${limitOf(check)})`
      case 'scoreBound':
        return `${value} users have a mean score beyond the locked bound M`
      case 'balancedLaw':
        return `${value} of the lists were drawn from a law that favours a ranker (limit ${limitOf(check)}): raise maxLists, or take another method`
    }
  },
  warnings: (clauses) =>
    `${clauses.length === 1 ? 'One warning' : `${clauses.length} warnings`}: ${clauses.join('; ')}.`,
  list: '; ',
  space: ' ',
  unknownReason: 'the reason was not recorded',
}

const chinese: Words = {
  headline: {
    invalid: ({ reason }) => `无结论：${reason}。`,
    insufficient: ({ reason }) => `尚无结论：${reason}。`,
    practicallyEqual: ({ low, high, users, differenceExists }) =>
      `Q 与 Q̃ 实际等效：Δ 在 ${low} 至 ${high} 之间（${users} 名用户）${
        differenceExists ? '；差异存在，但小于所设区间' : ''
      }。`,
    aBetter: ({ delta, interval, users, duels }) =>
      `Q 更受偏好：Δ = ${delta}（${interval}），${users} 名用户，${duels} 次对决。`,
    bBetter: ({ delta, interval, users, duels }) =>
      `Q̃ 更受偏好：Δ = ${delta}（${interval}），${users} 名用户，${duels} 次对决。`,
    undecided: ({ low, high, more }) =>
      more === null
        ? `未定：Δ 在 ${low} 至 ${high} 之间；还需多少用户目前无法估计。`
        : `未定：Δ 在 ${low} 至 ${high} 之间；按当前速度约还需 ${more} 名用户。`,
  },
  after: {
    invalid: () => '该效应不支持任何结论；请先查明原因，再重新运行。',
    insufficient: () => '至少要有两名用户点击过可归因于某一队的物品，才能得出结论。',
    practicallyEqual: () => '整个区间都在实际等效区间之内；只有设定更窄的等效区间才会改变结论。',
    aBetter: () =>
      '两个网络共用一个列表时，用户点击当前网络的物品多于探索网络的物品。更多用户只会使区间更窄。',
    bBetter: () =>
      '两个网络共用一个列表时，用户点击探索网络的物品多于当前网络的物品。更多用户只会使区间更窄。',
    undecided: ({ users }) =>
      `目前有 ${users} 名用户。当区间不含 0 或完全落入实际等效区间时，即可得出结论。`,
  },
  alone: {
    headline: '没有可比较的内容：两侧每次给出的列表都相同。',
    second: '只有一个网络在服务，或各排序器处处一致。其点击率与各参照策略并列给出。',
  },
  check: (check) => {
    const value = valueOf(check)
    switch (check.id) {
      case 'firstPickFairness':
        return `两队的首选次数不均衡（${value}）`
      case 'positionTeam':
        return `两队在各位置上不均衡（${value}）`
      case 'noVoteByCoin':
        return `未投票与哪一队先选有关（${value}）`
      case 'dilution':
        return `仅 ${value} 的展示位能区分两个列表（限值 ${limitOf(check)}）`
      case 'heavyUsers':
        return `最活跃的 1 % 用户投出了 ${value} 的票（限值 ${limitOf(check)}）`
      case 'duplicates':
        return `同一列表中重复展示的物品：${value} 个`
      case 'sampleRatio':
        return `各组的用户数偏离计划比例（${value}）`
      case 'firstListLead':
        return `首个列表由各队领先的用户数不均衡：有用户或列表缺失（${value}）`
      case 'teamMismatch':
        return `${value} 的列表与计划的交错方法矛盾：队伍被对调，或方法不同（限值 ${limitOf(check)}）`
      case 'repeatedLists':
        return `重复记录且未剔除的列表：${value} 个`
      case 'automaticUsers':
        return `疑似程序且未剔除的用户：${value} 名`
      case 'orphanClicks':
        return `${value} 的点击早于其列表或晚于归因窗口，不计入任何一方（限值 ${limitOf(check)}）`
      case 'unmeasuredClicks':
        return `${value} 的点击没有停留时间或点击时间，不计入任何一方（限值 ${limitOf(check)}）`
      case 'scoreBound':
        return `${value} 名用户的平均分超出所锁定的上界 M`
      case 'balancedLaw':
        return `${value} 的列表所依分布偏向某个排序器（限值 ${limitOf(check)}）：请提高 maxLists 或改用其他方法`
    }
  },
  warnings: (clauses) => `${clauses.length} 条警告：${clauses.join('；')}。`,
  list: '；',
  space: '',
  unknownReason: '原因未记录',
}
