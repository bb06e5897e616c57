import type { Language } from './languages.ts'
import type { ExperimentSpec } from './experimentSpec.ts'
import type { Contest, Side } from './run/summary.ts'

const kinds: Readonly<Record<Side['kind'], readonly [english: string, chinese: string]>> = {
  learner: ['Learner', '学习网络'],
  frozen: ['Frozen network', '冻结网络'],
  untrained: ['Untrained network', '未训练网络'],
  model: ['Saved model', '已保存的模型'],
  factors: ['Matrix factorisation', '矩阵分解'],
  popularity: ['Popularity', '热门'],
  staticBest: ['Best static list', '最佳静态列表'],
  random: ['Random', '随机'],
  logged: ['Logged ranker', '日志中的排序器'],
}

/** The sides of a duel or a split, as the spec calls them. */
export const sidesOf = ({ rankers }: ExperimentSpec): Side[] =>
  rankers.map(({ kind, label }) => ({ kind, label: label ?? null }))

/** The sides by their labels, else by their kinds; those that would share a name are numbered. */
export function sideNames({ sides }: Pick<Contest, 'sides'>, language: Language): string[] {
  const plain = sides.map((side) => plainName(side, language))
  return plain.map((name, place) => {
    if (plain.indexOf(name) === plain.lastIndexOf(name)) return name
    return `${name} ${plain.slice(0, place + 1).filter((other) => other === name).length}`
  })
}

const plainName = ({ kind, label }: Side, language: Language): string =>
  label ?? kinds[kind][language === 'zh-CN' ? 1 : 0]
