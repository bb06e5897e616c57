import type { peekLab as english } from './peekLab.en.ts'

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

/** 偷看实验室的文字。 */
export const peekLab: Words<typeof english> = {
  title: '偷看实验室',
  sub: '同一设计，在已知真相下反复重做',
  design: '设计',
  samples: '示例',
  runs: '运行',
  effect: '效应 Δ',
  effectHelp: 'A/B 重复中的偏好，−0.5 到 0.5',
  badEffect: '请填 −0.5 到 0.5 之间的数，例如 0.05',
  repetitions: '重复次数',
  repetitionsHelp: '次数越多比率越准；1,000 次在 5 % 处约为 ±1.4 个百分点',
  badRepetitions: '请填 1 到 100,000 之间的整数',
  seed: '种子',
  badSeed: '请填不小于 0 的整数',
  start: '开始',
  fromSetup: '在偷看实验室中重做',
  fromRun: '偷看实验室',
  earlierRow: '{id} · {name}，Δ {effect}，种子 {seed}',
  none: '还没有重做过任何设计。',
  noneHelp:
    '选择一个设计并开始。一次试运行给出投票；每次重复从中抽取用户，一次 Δ = 0，一次为所选效应。',
  noReport: '试运行结束后才能抽取第一次重复。',
  pilotStage: '试运行',
  doneOf: '{done} / {total} 次重复',
  sentenceHeld:
    '在没有任何偏好时，本设计的推断方法（{engine}）在 {n} 次重复中有 {rate} 得出了偏好，未超出其 {alpha} 的错误率；用{naive}反复偷看则为 {naiveRate}。',
  sentenceBroken:
    '在没有任何偏好时，本设计的推断方法（{engine}）在 {n} 次重复中有 {rate} 得出了偏好，超出了其 {alpha} 的错误率；用{naive}反复偷看则为 {naiveRate}。',
  sentencePower:
    'Δ = {delta} 的偏好在 {power} 的重复中被发现，其中一半不晚于第 {median} 位用户（共 {users} 位）。',
  sentenceNoPower: '在 {users} 位用户下，Δ = {delta} 的偏好在任何重复中都未被发现：设计规模太小。',
  capped:
    '要求的是 Δ = {wanted}；试运行中平局较多，移动所有投票也只有 Δ = {achieved}，A/B 重复即用此值。',
  pilot:
    '试运行：{users} 位用户，{impressions} 次展示，投票中平局 {ties}，无投票 {noVotes}，设计效应 {deff}。',
  falsePositives: '误报率',
  falsePositivesUnit: '占 A/A 重复的 % · 95 % Wilson 区间',
  falsePositivesSummary: '横线是 {alpha} 的错误率。最低为{low}，最高为{high}。',
  power: '功效',
  powerUnit: '占 A/B 重复的 %，Δ = {delta} · 95 % Wilson 区间',
  powerSummary: '天真方法发现得多，是因为它们本来就报得太多：请对照误报率图。',
  stopping: '作出判断所需用户',
  stoppingUnit: '作出判断的 A/B 重复 · 10、25、50、75、90 %',
  stoppingSummary: '共 {users} 位用户。只看一次的方法在最后判断。',
  table: '全部数字',
  errorRate: '显著性水平 {rate}',
  method: '方法',
  wrongSide: '方向错误',
  coverage: '覆盖率',
  coverageAt0: '{rate}（Δ 0）',
  percent: '%',
  low: '下限',
  high: '上限',
  ids: {
    betting: '投注',
    betaBinomial: '贝塔二项',
    asymptotic: '渐近',
    fixedUserT: '用户 t，一次',
    impressionZ: '天真投票 z',
    userT: '天真用户 t',
  },
}
