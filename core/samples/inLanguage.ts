import type { ExperimentSpec } from '#core/experimentSpec'
import type { Language } from '#core/languages'
import type { samples } from './index.ts'

type SampleId = keyof typeof samples
type Words = Pick<ExperimentSpec, 'name' | 'hypothesis'>

/** The samples as a Chinese-speaking analyst would write them; in English they are written so already. */
const chinese: Readonly<Record<SampleId, Words>> = {
  duel: {
    name: '大幅探索值得吗？',
    hypothesis: 'α = 0.6 时，探索网络展示其他物品的频率足以让用户察觉：用户更偏好当前网络。',
  },
  aa: {
    name: 'A/A：同一网络两次',
    hypothesis: '双方是同一网络的两次独立扰动，真实偏好为 0，不应得出任何方向。',
  },
  'cold-start': {
    name: '只从点击中学习',
    hypothesis: '没有预训练时，网络从随机列表的水平起步，靠大更新逐步上升。',
  },
  'ddqn-vs-popularity': {
    name: '持续学习的网络对热门',
    hypothesis:
      '双重深度 Q 网络从历史中了解用户口味：数百名用户之内，用户就更偏好它而不是最热门的物品。',
  },
  split: {
    name: '同样两个排序器的经典 A/B 测试',
    hypothesis:
      '只看网络列表的用户，每个列表的点击多于只看热门物品的用户，但要得出这一结论需要更多用户。',
  },
  multileave: {
    name: '三个排序器共用一个列表',
    hypothesis:
      '在这个世界里，可见评分的矩阵分解很难超越：用户偏好网络胜过热门，但不胜过矩阵分解。',
  },
  news: {
    name: '会过时的新闻，会回访的用户',
    hypothesis:
      '网络每次从半小时的点击中学习：用户是否偏好它胜过其探索网络？新闻过时的同时，它能否跟上热门物品？',
  },
  movielens: {
    name: 'MovieLens 100K 上的 DRN',
    hypothesis: 'α = 0.1 时探索损失的点击极少，943 名用户无法区分两个网络；学到的网络优于热门。',
  },
}

/** A sample under the name that is stored with its run: of the analyst's language. */
export function inLanguage(id: string, spec: ExperimentSpec, language: Language): ExperimentSpec {
  const words = language === 'zh-CN' ? new Map(Object.entries(chinese)).get(id) : undefined
  return words ? { ...spec, ...words } : spec
}
