import type { behaviour as english } from './behaviour.en.ts'

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

export const behaviour: Words<typeof english> = {
  title: 'DRN：回访与学习',
  sub: '用户点击之外的行为，以及 Q 预测得如何',
  returnsPer: { day: '每日回访次数', hour: '每小时回访次数' },
  activeness: '活跃度 S',
  similarity: '被点击物品的相似度',
  age: '被点击物品的时龄',
  hours: '小时',
  users: '{n} 名用户',
  oneClick: '{n} 名用户，{left} 名只有一次点击未计入',
  noAge: '此处物品没有时龄',
  histogram: '按活跃度划分的请求',
  bin: '{from} 至 {to}：{n}',
  calibration: '预测 Q 与目标 Q',
  calibrationHelp: '按预测值十等分，取学习之前的值',
  decile: '十分位',
  predicted: '预测',
  target: '目标',
  dropped: '{n} 个列表从未回放：其用户未及时回访。',
  offset: '世界的偏移 c 为 {c}：随机列表由此得到 {ctr}。',
}
