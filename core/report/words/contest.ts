import type { Language } from '../../languages.ts'
import type { ExperimentSpec } from '../../experimentSpec.ts'
import { measureOf } from '../../run/measure.ts'
import { sideArms } from '../../run/summary.ts'
import { sideNames, sidesOf } from '../../sideNames.ts'
import { reportWords } from './index.ts'
import type { ReportWords } from './words.ts'

/** The words of a report on this spec: a duel or a split names its rankers where `explore` has Q and Q̃. */
export function wordsFor(spec: ExperimentSpec, language: Language): ReportWords {
  const words = ofMeasure(spec, language)
  if (spec.design === 'explore') return words
  const names = sideNames({ sides: sidesOf(spec) }, language)
  const say = language === 'zh-CN' ? chinese : english
  const split = spec.design === 'split'
  const [a, b] = [names[0]!, names[1]!]
  const arms = Object.fromEntries(names.map((name, place) => [sideArms[place]!, name]))
  return {
    ...words,
    arms: { ...words.arms, ...arms, ...(split ? { served: say.servedSplit } : {}) },
    quantities: {
      ...words.quantities,
      ...(split ? { delta: say.difference } : {}),
      ndcg: `nDCG@k · ${a}`,
      precision: `Precision@k · ${a}`,
      overlap: say.overlap,
    },
    units: { ...words.units, ...(split ? { preference: say.clicksPerList } : {}) },
    facts: { ...words.facts, current: say.network },
    signTestNote: (winsA, winsB) => say.signTest(a, winsA, b, winsB),
    figures: {
      ...words.figures,
      ...(split ? { forest: say.forestSplit } : {}),
      forestCaption: (level, region) => say.forest(a, names.length === 2 ? b : null, level, region),
    },
    methods: (plan) => {
      const paragraphs = words.methods(plan)
      if (split) {
        return [
          say.methodSplit(names, plan.k),
          say.unitSplit(a),
          plan.engine === 'fixedUserT' ? say.welch(plan.errorRate) : say.sequence(plan.errorRate),
          ...paragraphs.slice(3),
        ]
      }
      return [
        say.methodDuel(names, plan.k, words.interleavers[plan.interleaver], plan.correction),
        ...paragraphs.slice(1),
      ]
    },
  }
}

/** Where the method scores without a bound, the unit is the score and no user has one in [0, 1]. */
function ofMeasure(spec: ExperimentSpec, language: Language): ReportWords {
  const words = reportWords[language]
  if (measureOf(spec).kind === 'vote') return words
  const say = language === 'zh-CN' ? chinese : english
  return {
    ...words,
    quantities: { ...words.quantities, delta: say.meanScore },
    units: { ...words.units, preference: say.score },
    methods: (plan) => words.methods(plan).map((text, i) => (i === 1 ? say.unitScore : text)),
  }
}

interface ContestWords {
  readonly network: string
  readonly difference: string
  readonly clicksPerList: string
  readonly servedSplit: string
  readonly overlap: string
  readonly forestSplit: string
  readonly signTest: (a: string, winsA: string, b: string, winsB: string) => string
  /** @param b null where A has several challengers */
  readonly forest: (a: string, b: string | null, level: string, region: string | null) => string
  readonly meanScore: string
  readonly score: string
  readonly unitScore: string
  readonly methodDuel: (
    names: readonly string[],
    k: string,
    interleaver: string,
    correction: string,
  ) => string
  readonly methodSplit: (names: readonly string[], k: string) => string
  readonly unitSplit: (a: string) => string
  readonly welch: (rate: string) => string
  readonly sequence: (rate: string) => string
}

const english: ContestWords = {
  network: 'Network',
  difference: 'Difference of clicks per list, users',
  clicksPerList: 'clicks per list',
  servedSplit: 'Served list (of the user’s arm)',
  overlap: 'Mean overlap of the rankers’ lists',
  forestSplit: 'Difference of clicks per list',
  signTest: (a, winsA, b, winsB) => `${winsA} for ${a}, ${winsB} for ${b}`,
  forest: (a, b, level, region) =>
    `Δ with ${level} intervals; positive favours ${a}, negative favours ${b ?? 'its challenger'}.${
      region === null ? '' : ` Shaded: equivalence region ±${region}.`
    } The engine was locked before launch.`,
  meanScore: 'Δ, mean score of users',
  score: 'score',
  unitScore:
    'The unit of analysis is the user: each user’s score differences are averaged to one number without a bound (> 0 speaks for A, 0 for neither), which enters once, when the user’s last impression has been judged. Δ is the mean of these; no preference is Δ = 0.',
  methodDuel: (names, k, interleaver, correction) =>
    `Each request was answered with one list of ${k} items, merged from the top ${k} of ${names.join(', ')} by ${interleaver}. Δ compares ${names[0]!} with each other ranker; several comparisons are one family, corrected by ${correction}. Lists of two rankers that are identical and clicked are ties; a list without any attributed click is a no-vote and not part of n.`,
  methodSplit: (names, k) =>
    `Every user was hashed to one of ${names.join(', ')} with equal shares and saw whole lists of ${k} items of that ranker alone.`,
  unitSplit: (a) =>
    `The unit of analysis is the user: each user’s clicks per list enter once, after the user’s last list. Δ is the mean of ${a} less the mean of the other arm, in clicks per list.`,
  welch: (rate) =>
    `The verdict comes from Welch’s t interval at the planned end, with an error rate of ${rate}; earlier looks decide nothing.`,
  sequence: (rate) =>
    `The verdict comes from an asymptotic confidence sequence of the difference (Waudby-Smith et al., Annals of Statistics 2024) with an error rate of ${rate}, intersected over looks; it is valid however often one looks.`,
}

const chinese: ContestWords = {
  network: '网络',
  difference: '每个列表点击数之差，按用户',
  clicksPerList: '每个列表的点击数',
  servedSplit: '实际展示的列表（用户所在组）',
  overlap: '各排序器列表的平均重合度',
  forestSplit: '每个列表点击数之差',
  signTest: (a, winsA, b, winsB) => `偏好${a}：${winsA}，偏好${b}：${winsB}`,
  forest: (a, b, level, region) =>
    `Δ 及其 ${level} 区间；正值偏向${a}，负值偏向${b ?? '其对手'}。${
      region === null ? '' : `阴影：实际等效区间 ±${region}。`
    }推断引擎在启动前已锁定。`,
  meanScore: 'Δ，用户的平均分数',
  score: '分数',
  unitScore:
    '分析单位是用户：每名用户的分数之差取平均，得到一个无界的数（大于 0 支持 A，等于 0 不偏向任何一方），在其最后一次展示判定之后计入一次。Δ 是这些数的均值；无偏好即 Δ = 0。',
  methodDuel: (names, k, interleaver, correction) =>
    `每个请求返回一个含 ${k} 个物品的列表，由${names.join('、')}各自的前 ${k} 项经${interleaver}合并而成。Δ 将${names[0]!}与其他各排序器比较；多项比较属于同一族，以 ${correction} 校正。两个列表相同且有点击时为平局；没有任何可归因点击的列表记为未投票，不计入 n。`,
  methodSplit: (names, k) =>
    `每名用户按哈希以相等比例分到${names.join('、')}之一，只看到该排序器的完整列表（${k} 个物品）。`,
  unitSplit: (a) =>
    `分析单位是用户：每名用户每个列表的点击数在其最后一个列表之后计入一次。Δ 是${a}的均值减去另一组的均值，单位为每个列表的点击数。`,
  welch: (rate) =>
    `结论来自计划结束时的 Welch t 区间，显著性水平 ${rate}；此前的查看不作任何决定。`,
  sequence: (rate) =>
    `结论来自差值的渐近置信序列（Waudby-Smith et al., Annals of Statistics 2024），显著性水平 ${rate}，各次查看取交集；无论查看多少次都有效。`,
}
