import type { world as english } from './world.en.ts'

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

/** 世界编辑器的用语。 */
export const world: Words<typeof english> = {
  title: '世界编辑器',
  sub: '改变生成世界的行为，查看一次请求会变成什么样',
  startFrom: '起点',
  examine: '彻底检验',
  use: '用于新实验',
  cards: {
    world: '世界',
    items: '物品',
    tastes: '偏好与厌倦',
    returns: '访问与回访',
    clicks: '点击与列表',
  },
  request: '一次请求的样子',
  requestOf: '请求 {n} / {total}',
  when: '第 {day} 天 {clock}',
  who: '用户 {user} 在{when}请求；{n} 个候选。',
  nobody: '在此世界结束前无人到来：请增加天数或用户。',
  best: '最佳列表',
  random: '随机列表',
  clicks: '次点击',
  ofList: '期望值，{k} 项列表',
  offset: '偏移 c',
  reaches: '随机列表：{ctr}',
  candidate: '候选',
  age: '时长',
  attraction: 'P(点击)',
  hidden: '吸引力最大的 {n} 个。被查看物品的点击概率只有模拟器知道，学习器看不到。',
  sees: '推荐器看到的内容',
  groups: { user: '用户', context: '情境', item: '物品', userItem: '用户 × 物品' },
  columns: '{n} 列',
  building: '正在构建世界',
  checking: '正在以这些设置的小世界检验符号……',
  checked:
    '以这些设置的小世界上的符号、泄漏与证伪检验：每个策略 200 个列表，3 个种子。列表这么少，失败可能出于偶然；请彻底检验。',
}
