import type { Language } from './languages.ts'
import type { EnvironmentSpec } from './environment/params.ts'

type Kind = EnvironmentSpec['kind']

/** What the labels of a world of data can show, and what nobody can learn from them. */
export function labelNotes(kind: string, language: Language): readonly string[] {
  return isOfData(kind) ? notes[kind].map((note) => note[language === 'zh-CN' ? 1 : 0]) : []
}

/** Whether a kind of world is made of an imported dataset. */
export const needsDataset = (kind: string): boolean => isOfData(kind)

const isOfData = (kind: string): kind is keyof typeof notes => Object.hasOwn(notes, kind)

type Note = readonly [english: string, chinese: string]

const notes = {
  ratings: [
    [
      'Clicks are simulated from ratings: items that nobody rated have a click rate of your choice, and people rate what they chose to see.',
      '点击由评分模拟：无人评分的物品的点击率由您设定，且人们只为自己选看的物品评分。',
    ],
    [
      'Ratings know no lists: position bias is that of the click model you choose, and a user’s taste does not react to what was shown.',
      '评分不含列表：位置偏差来自所选点击模型，用户的喜好也不会因展示内容而改变。',
    ],
  ],
  impressions: [
    [
      'Only candidates that were offered in the log can be shown; what other items would have earned is not known.',
      '只能展示日志中提供过的候选；其他物品会带来什么并不可知。',
    ],
    [
      'A candidate without a click counts as not attractive, though the user may never have looked at it: the labels carry the position bias of the system that logged them.',
      '未被点击的候选视为无吸引力，但用户可能从未看到它：标签带有产生日志的系统的位置偏差。',
    ],
    [
      'Users come when they came: replay can not credit exploration, nor whether a better list brings them back.',
      '用户按日志中的时间到来：回放无法体现探索的收益，也无法体现更好的列表是否会让用户回来。',
    ],
  ],
  queries: [
    [
      'Grades are editors’ judgements; clicks are drawn from them by the click model you choose, so that they show what such users would do.',
      '等级是编辑的判断；点击由所选点击模型按等级抽取，只能说明这样的用户会怎样做。',
    ],
    [
      'Users and the order of queries are simulated; documents that were not judged do not exist, so that exploring can find nothing beyond them.',
      '用户与查询的次序是模拟的；未被评判的文档不存在，探索也无法发现它们。',
    ],
  ],
  bandit: [
    [
      'Rewards are simulated from a logistic regression on the log: an effect that it does not model can not be found here.',
      '奖励由对日志的逻辑回归模拟：模型之外的效应在这里无法发现。',
    ],
    [
      'An action that was seldom logged in a context earns what the model makes of it: exploring is credited with that guess. Position bias is that of the click model you choose.',
      '某情境下少有记录的动作，其奖励是模型的推测：探索得到的只是这一推测。位置偏差来自所选点击模型。',
    ],
    [
      'To value a policy on the logged rewards themselves, use an off-policy evaluation.',
      '要用日志中的真实奖励评估策略，请使用离线策略评估。',
    ],
  ],
} satisfies Partial<Record<Kind, readonly Note[]>>
