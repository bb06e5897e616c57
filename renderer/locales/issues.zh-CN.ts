import type { issues as english } from './issues.en.ts'

/** 方案中若干字段共同违反的规则，以及可行的取值。 */
export const issues: typeof english = {
  poolBelowList: '候选物品数不得少于列表长度。',
  ratingsAboveItems: '每人评分数不能超过目录中的物品数。',
  ratingsAboveHalf: '此世界的用户最多给一半物品评分。',
  typesAboveItems: '隐藏类型数不能超过物品数。',
  rankersInExplore: '探索实验没有单独的排序器：双方是 Q 与探索网络。',
  tooFewRankers: '比较需要二至六个排序器。',
  splitEngine:
    '该引擎需要 0 到 1 之间的投票；分流比较的是每列表点击，请用渐近置信序列或仅期末一次。',
  methodRankers:
    '该方法只能合并两个排序；选秀法、概率交错、优化交错、成对偏好与仅评分采样可合并更多。',
  scoreSigns: '该引擎统计符号，而此方法分数的符号有偏：请用渐近置信序列或仅期末一次取平均。',
  scoreBound: '此方法的分数无界：请用渐近置信序列或仅期末一次，或锁定上界 M。',
  correctionAnytime: '该校正需要只看一次；可随时查看的引擎请用自动或 e-BH。',
  correctionEBh: 'e-BH 校正 e 值，而该引擎没有 e 值：请用自动或针对 p 值的校正。',
  fixedWeights:
    '该策略移动权重，而此学习器的权重由累计量算出、不能移动：请改为展示其自身列表，或换学习器。',
  marginalSlots:
    '该归因需要各展示位独立抽取：双方、且概率交错每位抛一次硬币。按比率归因适用于任何有队伍的列表。',
  teamCredit: '该策略把功劳记给抽出物品的一方，只有选秀法与概率交错能说明是哪一方。',
  tooManySides: '共享一个列表的各方过多，最多六方。',
  centreWithoutV: '没有竞争结构（Q = V + A）就没有可中心化的优势。',
  clicksWithoutGrades: '此世界的物品没有等级，请换用别的点击模型。',
  needsRatings: '此项需要评分，而物品世界没有评分。',
  vectorsOfItems: '此世界的物品自带向量，请使用自带向量。',
  vectorsOfRatings: '此世界的物品没有自带向量，请从评分中学习。',
  scaleReversed: '最高评分必须大于最低评分。',
  scaleOfTypes: '此世界的用户评分为 1 到 5。',
  horizonAboveItems: '物品不重复展示，回合步数不能超过物品数。',
  itemsBelowLists: '物品太少：一个回合的各列表互不重复，评估时每位用户还要展示 20 个。',
}
