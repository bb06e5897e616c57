import { singular } from '../../singular.ts'
import type { Language } from '../../languages.ts'
import type { EventCounts } from '../../dataset/kinds/events.ts'
import type { LogFilter } from '../../logAnalysis/logPlan.ts'

/** Words that only the report of a log needs. */
export interface LogWords {
  readonly log: string
  readonly sections: Readonly<Record<'data' | 'steps' | 'segments' | 'positions', string>>
  readonly source: (rows: string, lists: string, users: string, items: string) => string
  readonly period: (from: string, to: string) => string
  readonly attribution: Readonly<Record<'click' | 'order', string>> & {
    readonly dwell: (seconds: string) => string
  }
  readonly attributed: (count: string, events: string) => string
  readonly leftOut: (orphans: string, late: string, unmeasured: string) => string
  readonly window: (seconds: string) => string
  readonly events: (
    counts: Readonly<Record<Exclude<keyof EventCounts, 'window'>, string>>,
  ) => string
  readonly teams: Readonly<Record<'checked' | 'recomputed' | 'unchecked', string>>
  readonly facts: Readonly<
    Record<
      | 'source'
      | 'period'
      | 'attribution'
      | 'attributed'
      | 'leftOut'
      | 'events'
      | 'teams'
      | 'method',
      string
    >
  >
  readonly stepsIntro: string
  readonly raw: string
  readonly filters: { readonly [R in LogFilter['rule']]: string }
  readonly removed: (lists: string, users: string) => string
  readonly segmentsIntro: (method: string, size: string) => string
  readonly otherValues: string
  readonly rejected: string
  readonly notRejected: string
  readonly position: (position: number, side: string) => string
  readonly slots: string
  readonly honesty: string
}

const en: LogWords = {
  log: 'Log analysis',
  sections: {
    data: 'What was read',
    steps: 'What was left out',
    segments: 'Segments',
    positions: 'Clicks by position and team',
  },
  source: (rows, lists, users, items) =>
    singular(`${rows} rows, ${lists} lists, ${users} users, ${items} items`),
  period: (from, to) => `${from} to ${to}`,
  attribution: {
    click: 'a click',
    order: 'an order',
    dwell: (seconds) => `a click with at least ${seconds} s of dwell time`,
  },
  attributed: (count, events) => `${count} of ${events} events`,
  leftOut: (orphans, late, unmeasured) =>
    `${orphans} before their list, ${late} after the window, ${unmeasured} without a time`,
  window: (seconds) => `, within ${seconds} s`,
  events: (n) =>
    `${n.credited} of ${n.rows} credited, ${n.ambiguous} of them ambiguous; ${n.unmatched} without a list, ${n.early} before it, ${n.late} too late, ${n.repeated} repeated, ${n.otherType} of other types, ${n.unreadable} unreadable`,
  teams: {
    checked: 'logged, and checked against both source rankings',
    recomputed: 'recomputed from both source rankings; uncertain slots are neutral',
    unchecked: 'logged; no source rankings to check them against',
  },
  facts: {
    source: 'Log',
    period: 'Period',
    attribution: 'Credit is given for',
    attributed: 'Credited',
    leftOut: 'Not credited',
    events: 'Table of events',
    teams: 'Teams',
    method: 'Interleaving',
  },
  stepsIntro:
    'Each step names its rule, what it removed, and the user-level preference after it with Student’s interval.',
  raw: 'before any step',
  filters: {
    period: 'lists outside the period',
    repeated: 'lists that were logged twice',
    teamMismatch: 'lists that contradict the method',
    bots: 'users who look like programs',
    heavyUsers: 'heavy users',
  },
  removed: (lists, users) => singular(`removed ${lists} lists and ${users} users`),
  segmentsIntro: (method, size) =>
    `A user belongs to the segment of the first list. The ${size} rows are one family, corrected by ${method}.`,
  otherValues: 'all other values',
  rejected: 'difference holds after the correction',
  notRejected: 'not after the correction',
  position: (position, side) => `Position ${position} · ${side}`,
  slots: 'slots',
  honesty:
    'The lists were shown by somebody else: the plan says how they are taken to have been made.',
}

const zhCN: LogWords = {
  log: '日志分析',
  sections: {
    data: '读取的数据',
    steps: '剔除的部分',
    segments: '分群',
    positions: '按位置与队伍的点击',
  },
  source: (rows, lists, users, items) =>
    `${rows} 行，${lists} 个列表，${users} 名用户，${items} 个物品`,
  period: (from, to) => `${from} 至 ${to}`,
  attribution: {
    click: '点击',
    order: '下单',
    dwell: (seconds) => `停留至少 ${seconds} 秒的点击`,
  },
  attributed: (count, events) => `${events} 个事件中的 ${count} 个`,
  leftOut: (orphans, late, unmeasured) =>
    `早于列表 ${orphans} 个，晚于窗口 ${late} 个，缺少时间 ${unmeasured} 个`,
  window: (seconds) => `，${seconds} 秒以内`,
  events: (n) =>
    `${n.rows} 条中 ${n.credited} 条已归因（其中 ${n.ambiguous} 条有歧义）；${n.unmatched} 条无对应列表，${n.early} 条早于列表，${n.late} 条超出窗口，${n.repeated} 条重复，${n.otherType} 条为其他类型，${n.unreadable} 条无法读取`,
  teams: {
    checked: '日志记录，并与两侧原始排序核对',
    recomputed: '由两侧原始排序重新计算；不确定的位置视为中立',
    unchecked: '日志记录；没有原始排序可供核对',
  },
  facts: {
    source: '日志',
    period: '时间段',
    attribution: '归因依据',
    attributed: '已归因',
    leftOut: '未归因',
    events: '事件表',
    teams: '队伍',
    method: '交错方法',
  },
  stepsIntro: '每一步列出规则、剔除的数量，以及其后用户层面的偏好及 Student 区间。',
  raw: '剔除之前',
  filters: {
    period: '时间段之外的列表',
    repeated: '重复记录的列表',
    teamMismatch: '与方法矛盾的列表',
    bots: '疑似程序的用户',
    heavyUsers: '重度用户',
  },
  removed: (lists, users) => `剔除 ${lists} 个列表、${users} 名用户`,
  segmentsIntro: (method, size) =>
    `用户按首个列表归入分群。${size} 行构成一个族，用 ${method} 校正。`,
  otherValues: '其他取值',
  rejected: '校正后差异仍成立',
  notRejected: '校正后不成立',
  position: (position, side) => `位置 ${position} · ${side}`,
  slots: '个位置',
  honesty: '列表由他人展示：其生成方式以计划所述为准。',
}

export const logWords: Readonly<Record<Language, LogWords>> = { en, 'zh-CN': zhCN }
