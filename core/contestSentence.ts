import type { Language } from './languages.ts'
import { formatInteger, formatInterval, formatNumber, formatPercentSetting } from './format.ts'
import { correctionNames, isFamilyWise } from './stats/correction.ts'
import { reasonWords } from './reasonWords.ts'
import type { Challenger, Contest, VerdictState } from './run/summary.ts'
import { sideNames } from './sideNames.ts'
import { spaceScripts } from './spaceScripts.ts'

/** Challengers from which on a headline groups them; their intervals stand in the forest below it. */
const MANY = 3

/**
 * What a duel or a split of named rankers says, and what is behind: a sentence per challenger, or one
 * per verdict where there are many.
 */
export function contestSentence(
  contest: Contest,
  language: Language,
): { readonly headline: string; readonly second: string } {
  const say = language === 'zh-CN' ? chinese : english
  const { challengers, family, design } = contest
  const rate = formatPercentSetting(family.errorRate)
  const corrected =
    family.size > 1
      ? [
          say.family(
            formatInteger(family.size),
            correctionNames[family.method],
            say.rate[isFamilyWise(family.method) ? 'familyWise' : 'discoveries'](rate),
          ),
        ]
      : []
  const states = new Set(challengers.map(({ verdict }) => verdict.state))
  const changes = [
    ...(states.has('undecided') ? [say.changes.undecided] : []),
    ...(states.has('practicallyEqual') ? [say.changes.practicallyEqual] : []),
    ...(states.has('aBetter') || states.has('bBetter') ? [say.changes.decided] : []),
  ]
  return {
    headline: (challengers.length < MANY ? eachAlone : together)(contest, language)
      .map((sentence) => (language === 'zh-CN' ? spaceScripts(sentence) : sentence))
      .join(say.space),
    second: [say.basis[design], ...corrected, ...changes].join(say.space),
  }
}

function eachAlone(contest: Contest, language: Language): string[] {
  const say = language === 'zh-CN' ? chinese : english
  const sentences = contest.design === 'split' ? say.split : say.duel
  return contest.challengers.map((challenger) =>
    sentences[challenger.verdict.state](partsOf(contest, challenger, language)),
  )
}

/** What is decided comes first, with its numbers. */
const groupOrder = [
  'aBetter',
  'bBetter',
  'practicallyEqual',
  'undecided',
  'insufficient',
  'invalid',
] as const satisfies readonly VerdictState[]

function together(contest: Contest, language: Language): string[] {
  const say = language === 'zh-CN' ? chinese : english
  const sentences = contest.design === 'split' ? say.groups.split : say.groups.duel
  return groupOrder.flatMap((state) => {
    const some = contest.challengers
      .filter(({ verdict }) => verdict.state === state)
      .map((challenger) => partsOf(contest, challenger, language))
    const [first] = some
    if (!first) return []
    const isDecided = state === 'aBetter' || state === 'bBetter'
    const names = some.map((parts) => (isDecided ? say.groups.measured(parts) : parts.b))
    return [sentences[state](first.a, joined(names, say.groups.and), names.length)]
  })
}

/** "a, b and c", by hand: the platform's lists change with its data. */
function joined(names: readonly string[], [comma, and]: readonly [string, string]): string {
  const [last = ''] = names.slice(-1)
  return names.length < 2 ? last : `${names.slice(0, -1).join(comma)}${and}${last}`
}

/** Already formatted. */
interface Parts {
  readonly a: string
  readonly b: string
  readonly low: string
  readonly high: string
  readonly delta: string
  readonly interval: string
  readonly users: string
  readonly duels: string
  readonly more: string | null
  readonly reason: string
  readonly known: boolean // whether the reason says more than that a forecast is not estimable
  readonly differenceExists: boolean
  readonly means: readonly [a: string, b: string]
  readonly arms: readonly [a: string, b: string] // users
}

function partsOf(contest: Contest, challenger: Challenger, language: Language): Parts {
  const { delta, outcomes, verdict, side } = challenger
  const names = sideNames(contest, language)
  const arms = contest.clicksPerList
  const [mine, theirs] = [arms?.[0], arms?.[side]]
  const votes = outcomes ? outcomes.a + outcomes.b + outcomes.tie : 0
  return {
    a: names[0]!,
    b: names[side]!,
    low: formatNumber(delta.low),
    high: formatNumber(delta.high),
    delta: formatNumber(delta.value),
    interval: formatInterval(delta.low, delta.high, language),
    users: formatInteger(delta.n),
    duels: formatInteger(votes),
    // a forecast has no more than two digits worth telling
    more:
      verdict.usersStillNeeded === null
        ? null
        : formatInteger(Number(verdict.usersStillNeeded.toPrecision(2))),
    known: verdict.reason !== null && verdict.reason !== 'notEstimable',
    reason: reasonWords(verdict.reason ?? 'notEstimable', language),
    differenceExists: verdict.differenceExists,
    means: [formatNumber(mine?.value ?? null, 2), formatNumber(theirs?.value ?? null, 2)],
    arms: [formatInteger(mine?.n ?? 0), formatInteger(theirs?.n ?? 0)],
  }
}

type Headlines = Readonly<Record<VerdictState, (parts: Parts) => string>>

/** Names of the challengers are listed already. */
type Groups = Readonly<Record<VerdictState, (a: string, others: string, count: number) => string>>
type OpenGroups = Omit<Groups, 'aBetter' | 'bBetter'>

interface Words {
  readonly duel: Headlines
  readonly split: Headlines
  readonly groups: Readonly<Record<Contest['design'], Groups>> & {
    readonly measured: (parts: Parts) => string
    readonly and: readonly [comma: string, and: string]
  }
  readonly basis: Readonly<Record<Contest['design'], string>>
  readonly family: (size: string, method: string, rate: string) => string
  readonly rate: Readonly<Record<'discoveries' | 'familyWise', (rate: string) => string>>
  /** What would change a verdict. */
  readonly changes: Readonly<Record<'undecided' | 'practicallyEqual' | 'decided', string>>
  readonly unknown: string // where no forecast of further users exists
  readonly small: string // added where a difference exists within the region
  readonly space: string
}

/** What no side has won is said alike of votes and of clicks. */
const englishOpen: OpenGroups = {
  practicallyEqual: (a, others) => `${a} is practically equal to ${others}.`,
  undecided: (a, others) => `${a} against ${others}: undecided.`,
  insufficient: (a, others) => `${a} against ${others}: no verdict yet.`,
  invalid: (a, others) => `${a} against ${others}: no verdict.`,
}

const english: Words = {
  duel: {
    invalid: ({ a, b }) => `${a} and ${b}: no verdict.`,
    insufficient: ({ a, b, reason }) => `${a} and ${b}: no verdict yet: ${reason}.`,
    practicallyEqual: ({ a, b, low, high, users, differenceExists }) =>
      `${a} and ${b} are practically equal: Δ between ${low} and ${high} (${users} users)${differenceExists ? english.small : ''}.`,
    aBetter: ({ a, b, delta, interval, users, duels }) =>
      `${a} is preferred to ${b}: Δ = ${delta} (${interval}), ${users} users, ${duels} duels.`,
    bBetter: ({ a, b, delta, interval, users, duels }) =>
      `${b} is preferred to ${a}: Δ = ${delta} (${interval}), ${users} users, ${duels} duels.`,
    undecided: ({ a, b, low, high, more, known, reason }) =>
      `${a} and ${b}: undecided, Δ between ${low} and ${high}; ${
        more === null
          ? known
            ? reason
            : english.unknown
          : `about ${more} more users at the current rate`
      }.`,
  },
  split: {
    invalid: ({ a, b }) => `${a} and ${b}: no verdict.`,
    insufficient: ({ a, b, reason }) => `${a} and ${b}: no verdict yet: ${reason}.`,
    practicallyEqual: ({ a, b, low, high, arms, differenceExists }) =>
      `${a} and ${b} are practically equal: the difference is between ${low} and ${high} clicks per list (${arms[0]} and ${arms[1]} users)${differenceExists ? english.small : ''}.`,
    aBetter: ({ a, b, delta, interval, means, arms }) =>
      `${a} gets more clicks per list than ${b}: ${means[0]} against ${means[1]}, difference ${delta} (${interval}), ${arms[0]} and ${arms[1]} users.`,
    bBetter: ({ a, b, delta, interval, means, arms }) =>
      `${b} gets more clicks per list than ${a}: ${means[1]} against ${means[0]}, difference ${delta} (${interval}), ${arms[1]} and ${arms[0]} users.`,
    undecided: ({ a, b, low, high, arms, more, known, reason }) =>
      `${a} and ${b}: undecided, the difference is between ${low} and ${high} clicks per list (${arms[0]} and ${arms[1]} users); ${
        more === null
          ? known
            ? reason
            : english.unknown
          : `about ${more} more users at the current rate`
      }.`,
  },
  groups: {
    duel: {
      aBetter: (a, others) => `${a} is preferred to ${others}.`,
      bBetter: (a, others, count) => `${others} ${count > 1 ? 'are' : 'is'} preferred to ${a}.`,
      ...englishOpen,
    },
    split: {
      aBetter: (a, others) => `${a} gets more clicks per list than ${others}.`,
      bBetter: (a, others, count) =>
        `${others} ${count > 1 ? 'get' : 'gets'} more clicks per list than ${a}.`,
      ...englishOpen,
    },
    measured: ({ b, delta, interval, users }) => `${b} (Δ = ${delta}, ${interval}, ${users} users)`,
    and: [', ', ' and '],
  },
  basis: {
    duel: 'Users saw one list merged from all rankers; Δ is the mean preference of users for the first one, every user counting once.',
    split:
      'Every user saw whole lists of one ranker; the difference is between the mean clicks per list of the users of each, the first less the other.',
  },
  family: (size, method, rate) =>
    `The ${size} comparisons are one family: directions are named where ${method} rejects at ${rate}.`,
  rate: {
    discoveries: (rate) => `a false discovery rate of ${rate}`,
    familyWise: (rate) => `a family-wise error rate of ${rate}`,
  },
  changes: {
    undecided:
      'What is undecided is decided once its interval excludes 0 or fits into the equivalence region.',
    practicallyEqual: 'Only a narrower region could change what is practically equal.',
    decided: 'More users can only narrow an interval that excludes 0.',
  },
  unknown: 'how many more users it takes is not estimable yet',
  small: '; a difference exists, smaller than the region you set',
  space: ' ',
}

const chineseOpen: OpenGroups = {
  practicallyEqual: (a, others) => `${a}与${others}实际等效。`,
  undecided: (a, others) => `${a}对${others}：未定。`,
  insufficient: (a, others) => `${a}对${others}：尚无结论。`,
  invalid: (a, others) => `${a}对${others}：无结论。`,
}

const chinese: Words = {
  duel: {
    invalid: ({ a, b }) => `${a}与${b}：无结论。`,
    insufficient: ({ a, b, reason }) => `${a}与${b}：尚无结论：${reason}。`,
    practicallyEqual: ({ a, b, low, high, users, differenceExists }) =>
      `${a}与${b}实际等效：Δ 在 ${low} 至 ${high} 之间（${users} 名用户）${differenceExists ? chinese.small : ''}。`,
    aBetter: ({ a, b, delta, interval, users, duels }) =>
      `${a}比${b}更受偏好：Δ = ${delta}（${interval}），${users} 名用户，${duels} 次对决。`,
    bBetter: ({ a, b, delta, interval, users, duels }) =>
      `${b}比${a}更受偏好：Δ = ${delta}（${interval}），${users} 名用户，${duels} 次对决。`,
    undecided: ({ a, b, low, high, more, known, reason }) =>
      `${a}与${b}：未定，Δ 在 ${low} 至 ${high} 之间；${
        more === null ? (known ? reason : chinese.unknown) : `按当前速度约还需 ${more} 名用户`
      }。`,
  },
  split: {
    invalid: ({ a, b }) => `${a}与${b}：无结论。`,
    insufficient: ({ a, b, reason }) => `${a}与${b}：尚无结论：${reason}。`,
    practicallyEqual: ({ a, b, low, high, arms, differenceExists }) =>
      `${a}与${b}实际等效：每个列表的点击数之差在 ${low} 至 ${high} 之间（${arms[0]} 与 ${arms[1]} 名用户）${differenceExists ? chinese.small : ''}。`,
    aBetter: ({ a, b, delta, interval, means, arms }) =>
      `${a}每个列表的点击数多于${b}：${means[0]} 对 ${means[1]}，相差 ${delta}（${interval}），${arms[0]} 与 ${arms[1]} 名用户。`,
    bBetter: ({ a, b, delta, interval, means, arms }) =>
      `${b}每个列表的点击数多于${a}：${means[1]} 对 ${means[0]}，相差 ${delta}（${interval}），${arms[1]} 与 ${arms[0]} 名用户。`,
    undecided: ({ a, b, low, high, arms, more, known, reason }) =>
      `${a}与${b}：未定，每个列表的点击数之差在 ${low} 至 ${high} 之间（${arms[0]} 与 ${arms[1]} 名用户）；${
        more === null ? (known ? reason : chinese.unknown) : `按当前速度约还需 ${more} 名用户`
      }。`,
  },
  groups: {
    duel: {
      aBetter: (a, others) => `${a}比${others}更受偏好。`,
      bBetter: (a, others) => `${others}比${a}更受偏好。`,
      ...chineseOpen,
    },
    split: {
      aBetter: (a, others) => `${a}每个列表的点击数多于${others}。`,
      bBetter: (a, others) => `${others}每个列表的点击数多于${a}。`,
      ...chineseOpen,
    },
    measured: ({ b, delta, interval, users }) =>
      `${b}（Δ = ${delta}，${interval}，${users} 名用户）`,
    and: ['、', '和'],
  },
  basis: {
    duel: '用户看到由所有排序器合并而成的一个列表；Δ 是用户对第一个排序器的平均偏好，每名用户计一次。',
    split: '每名用户只看到一个排序器的完整列表；差值为各组用户每个列表平均点击数之差，前者减后者。',
  },
  family: (size, method, rate) =>
    `${size} 项比较属于同一族：仅在 ${method} 以${rate}拒绝时才给出方向。`,
  rate: {
    discoveries: (rate) => ` ${rate} 的错误发现率`,
    familyWise: (rate) => ` ${rate} 的族系错误率`,
  },
  changes: {
    undecided: '未定的比较在区间不含 0 或完全落入实际等效区间时得出结论。',
    practicallyEqual: '只有更窄的等效区间才会改变“实际等效”。',
    decided: '对于不含 0 的区间，更多用户只会使其更窄。',
  },
  unknown: '还需多少用户目前无法估计',
  small: '；差异存在，但小于所设区间',
  space: '',
}
