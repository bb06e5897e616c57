import type { Language } from '../../languages.ts'
import type { Guardrail } from '../../run/summary.ts'

/** How a report calls the guardrails of a plan. */
interface GuardrailWords {
  readonly names: Readonly<Record<Guardrail['id'], string>>
  readonly floor: (limit: string) => string
  readonly states: Readonly<Record<Guardrail['state'], string>>
  readonly share: string // unit of the clicks kept
  readonly shownItems: string
  /** Of the methods: what was locked before launch. */
  readonly locked: (limits: string) => string
  readonly latency: (milliseconds: string) => string
}

export const guardrailWords: Readonly<Record<Language, GuardrailWords>> = {
  en: {
    names: {
      ctrFloor: 'Guardrail: clicks kept against A’s own lists',
      diversityFloor: 'Guardrail: effective items shown',
    },
    floor: (limit) => `floor ${limit}`,
    states: { holds: '✓ holds', open: 'not settled', breached: '! breached' },
    share: 'share',
    shownItems: 'shown items',
    locked: (limits) =>
      `Guardrails were locked before launch: ${limits}. They are outside the family: they warn and never decide.`,
    latency: (milliseconds) =>
      `time per list up to ${milliseconds} ms, watched on the serving machine and no part of the result`,
  },
  'zh-CN': {
    names: {
      ctrFloor: '护栏指标：相对 A 自身列表保留的点击',
      diversityFloor: '护栏指标：展示的有效物品',
    },
    floor: (limit) => `下限 ${limit}`,
    states: { holds: '✓ 符合', open: '尚未确定', breached: '! 被突破' },
    share: '份额',
    shownItems: '展示的物品',
    locked: (limits) => `护栏指标在启动前已锁定：${limits}。它们不属于检验族：只警告，不决定结论。`,
    latency: (milliseconds) =>
      `单列表耗时不超过 ${milliseconds} 毫秒（在服务机上观察，不属于结果）`,
  },
}
