import { singular } from '../../singular.ts'
import type { Language } from '../../languages.ts'
import type { ReplayReport } from '../../ope/replayReport.ts'
import { spaceScripts } from '../../spaceScripts.ts'

type EstimatorId = ReplayReport['estimates'][number]['id']
type AlarmId = ReplayReport['alarms'][number]['id']
type SlateId = NonNullable<ReplayReport['slates']>['estimates'][number]['id']

/** Words of an off-policy evaluation, on the page as in its report. */
export interface ReplayWords {
  readonly replay: string
  readonly estimators: Readonly<Record<EstimatorId, string>>
  readonly slates: Readonly<Record<SlateId, string>>
  readonly alarms: Readonly<Record<AlarmId, string>>
  readonly policies: Readonly<Record<ReplayReport['spec']['policy']['kind'], string>>
  readonly headline: (policy: string, value: string, interval: string, logged: string) => string
  readonly noValue: (policy: string) => string
  readonly honesty: string
  readonly logged: string
  readonly reward: string
  readonly position: (position: number, id: string) => string
  readonly clip: (clip: string, id: string) => string
  readonly sections: Readonly<
    Record<'estimates' | 'alarms' | 'sweep' | 'positions' | 'slates', string>
  >
  readonly facts: Readonly<
    Record<'policy' | 'rounds' | 'ess' | 'maxWeight' | 'model' | 'unit' | 'propensity', string>
  >
  readonly rounds: (rounds: string, actions: string, positions: string) => string
  readonly unit: Readonly<Record<'user' | 'round', string>>
  readonly models: Readonly<Record<ReplayReport['spec']['rewardModel'], string>>
}

const en: ReplayWords = {
  replay: 'Off-policy evaluation',
  estimators: {
    ips: 'IPS',
    ipsClipped: 'IPS, clipped',
    snips: 'SNIPS',
    snipsClipped: 'SNIPS, clipped',
    dm: 'Direct method',
    dr: 'Doubly robust',
    drClipped: 'Doubly robust, clipped',
    sndr: 'Self-normalised DR',
    switchDr: 'Switch-DR',
    drOs: 'DR with optimistic shrinkage',
    liReplay: 'Li’s replay',
  },
  slates: {
    standard: 'Whole slate, IPS',
    independent: 'Item-position model, IPS',
    cascade: 'Cascade, reward interaction',
  },
  alarms: {
    effectiveSample: 'Effective sample size, share of the rounds',
    effectiveRewards: 'Effective sample size of the rewards',
    meanWeight: 'Mean weight, should be 1',
    outsideRange: 'IPS within the range of rewards',
    propensity: 'Propensities fit how often actions were logged',
    unsupported: 'Policy on actions that the log never shows',
  },
  policies: {
    uniform: 'the uniform policy',
    table: 'the policy of the table',
    popularity: 'popularity',
    model: 'the greedy policy of the reward model',
    softmax: 'the soft-max policy of the reward model',
    learner: 'the learner',
    saved: 'the saved model',
    thompson: 'Bernoulli Thompson sampling',
  },
  headline: (policy, value, interval, logged) =>
    `By SNIPS ${policy} would have earned ${value} (${interval}) per decision; the log itself earned ${logged}.`,
  noValue: (policy) => `No value can be given for ${policy}.`,
  honesty: 'Replay cannot credit exploration or user return.',
  logged: 'The log itself',
  reward: 'reward per decision',
  position: (position, id) => `Position ${position} · ${id}`,
  clip: (clip, id) => `M = ${clip} · ${id}`,
  sections: {
    estimates: 'Estimates',
    alarms: 'Can they be believed',
    sweep: 'By clipping threshold',
    positions: 'By position',
    slates: 'Value per list',
  },
  facts: {
    policy: 'Policy',
    rounds: 'Log',
    ess: 'Effective sample size',
    maxWeight: 'Largest weight',
    model: 'Reward model, cross-fitted',
    unit: 'Bootstrap over',
    propensity: 'Propensities',
  },
  rounds: (rounds, actions, positions) =>
    singular(`${rounds} decisions, ${actions} actions, ${positions} positions`),
  unit: { user: 'users', round: 'decisions' },
  models: {
    none: 'none',
    mean: 'mean of action and position',
    ridge: 'ridge regression',
    logistic: 'logistic regression',
  },
}

const zhCN: ReplayWords = {
  replay: '离线策略评估',
  estimators: {
    ips: 'IPS',
    ipsClipped: 'IPS（截断）',
    snips: 'SNIPS',
    snipsClipped: 'SNIPS（截断）',
    dm: '直接法',
    dr: '双重稳健',
    drClipped: '双重稳健（截断）',
    sndr: '自归一化 DR',
    switchDr: 'Switch-DR',
    drOs: '乐观收缩 DR',
    liReplay: 'Li 回放',
  },
  slates: {
    standard: '整个列表，IPS',
    independent: '物品-位置模型，IPS',
    cascade: '级联，奖励交互',
  },
  alarms: {
    effectiveSample: '有效样本量占轮数之比',
    effectiveRewards: '奖励的有效样本量',
    meanWeight: '平均权重，应为 1',
    outsideRange: 'IPS 在奖励范围之内',
    propensity: '倾向与动作出现的频率相符',
    unsupported: '策略落在日志从未展示的动作上',
  },
  policies: {
    uniform: '均匀策略',
    table: '表中的策略',
    popularity: '热门策略',
    model: '奖励模型的贪心策略',
    softmax: '奖励模型的 soft-max 策略',
    learner: '学习器',
    saved: '已保存的模型',
    thompson: '伯努利汤普森采样',
  },
  headline: (policy, value, interval, logged) =>
    spaceScripts(`按 SNIPS，${policy}每次决策可得 ${value}（${interval}）；日志本身为 ${logged}。`),
  noValue: (policy) => spaceScripts(`无法给出${policy}的值。`),
  honesty: '回放无法体现探索的收益与用户的回访。',
  logged: '日志本身',
  reward: '每次决策的奖励',
  position: (position, id) => `位置 ${position} · ${id}`,
  clip: (clip, id) => `M = ${clip} · ${id}`,
  sections: {
    estimates: '估计',
    alarms: '是否可信',
    sweep: '按截断阈值',
    positions: '按位置',
    slates: '每个列表的值',
  },
  facts: {
    policy: '策略',
    rounds: '日志',
    ess: '有效样本量',
    maxWeight: '最大权重',
    model: '奖励模型（交叉拟合）',
    unit: '自助法的单位',
    propensity: '倾向',
  },
  rounds: (rounds, actions, positions) =>
    `${rounds} 次决策，${actions} 个动作，${positions} 个位置`,
  unit: { user: '用户', round: '决策' },
  models: { none: '无', mean: '动作与位置的均值', ridge: '岭回归', logistic: '逻辑回归' },
}

export const replayWords: Readonly<Record<Language, ReplayWords>> = { en, 'zh-CN': zhCN }
