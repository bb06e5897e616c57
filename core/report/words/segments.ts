import type { Language } from '../../languages.ts'
import type { UserSegments } from '../../run/userSegments.ts'

type SegmentId = UserSegments['rows'][number]['id']

/** How a report calls the segments of a run. */
interface SegmentWords {
  readonly title: string
  readonly intro: (size: string, method: string, rate: string, each: string) => string
  readonly name: (id: SegmentId, from: string, to: string) => string
  readonly found: (raw: string, adjusted: string, rejected: boolean) => string
  readonly together: (size: string) => string
}

export const segmentWords: Readonly<Record<Language, SegmentWords>> = {
  en: {
    title: 'Segments',
    intro: (size, method, rate, each) =>
      `${size} comparisons are one family, corrected by ${method} at an error rate of ${rate}. The interval of a row alone takes that rate; the one of all rows at once takes ${each}, so that every row is covered and any may be picked. Segments are secondary: the verdict stands on all users.`,
    name: (id, from, to) =>
      id.endsWith('Lists') ? `${from} to ${to} lists` : `users ${from} to ${to}`,
    found: (raw, adjusted, rejected) =>
      `p ${raw}, corrected ${adjusted}: ${rejected ? 'differs from 0' : 'not told from 0'}`,
    together: (size) => `all ${size} at once`,
  },
  'zh-CN': {
    title: '分群',
    intro: (size, method, rate, each) =>
      `${size} 个比较属于同一族，按 ${method} 以显著性水平 ${rate} 校正。单独一行的区间取此水平；所有行同时成立的区间取 ${each}，因此每一行都被覆盖，可任意选取。分群是次要结果：结论以全部用户为准。`,
    name: (id, from, to) =>
      id.endsWith('Lists') ? `${from} 至 ${to} 个列表` : `第 ${from} 至 ${to} 名用户`,
    found: (raw, adjusted, rejected) =>
      `p ${raw}，校正后 ${adjusted}：${rejected ? '不同于 0' : '未能与 0 区分'}`,
    together: (size) => `${size} 个同时成立`,
  },
}
