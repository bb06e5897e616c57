import type { serving as english } from './serving.en.ts'

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

/** 设置页中交错方法与点击模型的文字。 */
export const serving: Words<typeof english> = {
  fields: {
    click: {
      kind: { label: '点击模型', help: '模拟用户如何浏览与点击列表。' },
      eta: { label: '位置偏差', help: '位置偏差的强度；0 表示关闭。' },
      stop: {
        label: '停止时机',
        help: '用户何时可能停止：点击之后（论文的定义），或每个位置（部分程序库的做法）。',
      },
      satisfaction: {
        label: '满意概率',
        help: '一次点击即已足够的概率：级联模型中对任何物品相同；动态贝叶斯模型中再乘以物品的吸引力。',
      },
      lambda: { label: '继续浏览 λ', help: '点击之后继续浏览的概率。' },
      gamma: { label: '耐心 γ', help: '尚未满意的用户继续看下一个展示位的概率。' },
      users: {
        label: '用户类型',
        help: '按等级的点击与停止概率，取自已发表的数值；它们取代世界的吸引力。',
      },
    },
    interleaver: {
      kind: { label: '方法', help: '两个 top-k 列表如何合成展示的列表。' },
      sharedDocs: { label: '共有物品', help: '两个列表都会展示的物品归哪一队。' },
      sampling: { label: '轮次', help: '每个展示位掷一次公平硬币，或每两个展示位两网络各一次。' },
      maxLists: { label: '可选列表数', help: '一次请求从中选择的列表数；更多时抽样。' },
      tau: {
        label: '衰减 τ',
        help: '位次权重下降的快慢，rank^−τ：指抽取概率，或指归因分数。',
      },
      theta: {
        label: '假定的注视概率',
        help: '归因所假定的各位次被注视的概率；均匀则看不出顺序的变化。',
      },
    },
  },
  options: {
    click: {
      kind: {
        positionBased: '基于位置',
        cascade: '级联',
        dependentClick: '依赖点击',
        dynamicBayesian: '动态贝叶斯',
        userBrowsing: '用户浏览',
        graded: '按等级',
      },
      stop: { after_click: '点击之后', every_rank: '每个位置' },
      users: {
        perfect: '完美型',
        navigational: '导航型',
        informational: '信息型',
        almostRandom: '近乎随机型',
        random: '随机型',
      },
    },
    interleaver: {
      kind: {
        teamDraft: '选秀法交错',
        probabilistic: '概率交错',
        optimized: '优化交错',
        balanced: '平衡交错（并非无偏）',
        debiasedBalanced: '去偏平衡交错',
        pairwisePreference: '成对偏好交错',
        sampleOnlyScored: '仅样本计分（并非无偏）',
      },
      sharedDocs: {
        drawer: '归抽到它的一队',
        prefix_neutral: '共同前缀中立',
        same_rank_neutral: '同名次中立',
        same_pick_neutral: '同次抽取中立',
      },
      sampling: { replace: '每个展示位掷一次硬币', noReplace: '每两个展示位各一次' },
      theta: { inverse: '1 / 位次', uniform: '均匀' },
    },
  },
}
