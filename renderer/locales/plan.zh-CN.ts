import type { plan as english } from './plan.en.ts'

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

/** 分析计划的文字：护栏指标、样本量、检验族与各对手。 */
export const plan: Words<typeof english> = {
  fields: {
    scoreBound: {
      label: '分数上界 M',
      help: '使投注引擎能够平均无界分数；有用户超出即令运行无效；0 表示不设。',
    },
    minimumEffect: {
      label: '最小效应',
      help: '值得发现的最小 Δ，可与实际等效区间并用或取而代之；所需用户数显示在右侧；0 表示不设。',
    },
    power: { label: '检验功效', help: '以所需用户数发现最小效应的概率。' },
    correction: { label: '多重校正', help: '所有对手属于同一族；其比较如何一起校正。' },
    guardrails: {
      ctrFloor: {
        label: '保留点击下限',
        help: '所展示列表至少要保留 A 自身列表预期点击的份额，如 0.95；0 表示关闭。',
      },
      diversityFloor: {
        label: '有效物品下限',
        help: '整个运行至少要展示的有效物品数；0 表示关闭。',
      },
      latencyCeiling: {
        label: '单列表耗时上限',
        help: '本机上每个列表的毫秒数，仅在运行时观察，不属于结果；0 表示关闭。',
      },
    },
  },
  options: {
    correction: {
      auto: 'e-BH；只看一次时用 BH',
      eBh: 'e-BH',
      bh: 'Benjamini–Hochberg',
      by: 'Benjamini–Yekutieli',
      holm: 'Holm',
      bonferroni: 'Bonferroni',
      holmSidak: 'Holm–Šidák',
      hommel: 'Hommel',
    },
  },
  guardrails: {
    title: '护栏指标',
    sub: '不属于检验族：只警告，不决定结论',
    ctrFloor: '保留的点击',
    diversityFloor: '展示的有效物品',
    latency: '单列表耗时',
    floor: '下限 {limit}',
    ceiling: '上限 {limit}',
    holds: '符合',
    open: '尚未确定',
    breached: '被突破',
    milliseconds: '{n} 毫秒',
    notMeasured: '仅在运行时测量，不属于结果',
    users: '{n} 名用户',
    items: '展示 {n} 个物品',
  },
  needs: {
    detectable: '可发现的 Δ',
    detectableNote: '{users} 名用户，功效 {power}，只看一次',
    required: 'Δ = {effect} 所需用户',
    requiredNote: '{votes} 个分出胜负的投票，精确搜索，功效 {power}',
    short: '多于计划的 {users} 名',
    assumed:
      '首次投票之前的假定：平局 {ties}，未投票 {noVotes}，同一用户投票的相关系数 {icc}。仅适用于只看一次；置信序列所需由偷看实验室测得。',
  },
  challenger: {
    pick: '所示对手',
    against: '{a} 对 {b}',
    family: '{n} 项比较属于同一族，以 {method} 按 {rate}校正。给出方向的：{named}。',
    none: '无',
    rate: ' {rate} 的显著性水平',
  },
  notUnbiased: '并非无偏',
  notIndependent: '展示之间并不独立：同一用户的每次展示只抵 1 / {deff}。',
  notIndependentUnknown: '展示之间并不独立。',
}
