import type { Language } from '../../languages.ts'

/** What a report of several runs, or with text of its own, says beside its sources. */
interface ComposedWords {
  readonly sources: (runs: number, studies: number) => string
  readonly comparison: string
  readonly comparisonForest: string
  readonly comparisonCaption: string
  readonly comparisonVerdicts: string
  readonly others: string
  readonly clicks: string
  readonly runLabel: (name: string, id: number, seed: number) => string
  readonly missing: (part: string) => string
  readonly runs: string
  readonly studies: string
  readonly studyLabel: (id: number) => string
}

export const composedWords: Readonly<Record<Language, ComposedWords>> = {
  en: {
    sources: (runs, studies) =>
      [
        ...(runs > 0 ? [`${runs} ${runs === 1 ? 'run' : 'runs'}`] : []),
        ...(studies > 0 ? [`${studies} ${studies === 1 ? 'study' : 'studies'}`] : []),
      ].join(', '),
    comparison: 'The runs side by side',
    comparisonForest: 'Δ of every run',
    comparisonCaption:
      'Each run’s Δ over its users with its own interval. Every run was planned and judged for itself: a difference between two rows was not tested.',
    comparisonVerdicts: 'Verdicts',
    others: 'Further runs',
    clicks: 'Clicks per shown item of the served list',
    runLabel: (name, id, seed) => `${name} · run ${id}, seed ${seed}`,
    missing: (part) => `This source has no part “${part}” any more.`,
    runs: 'runs',
    studies: 'studies',
    studyLabel: (id) => `study ${id}`,
  },
  'zh-CN': {
    sources: (runs, studies) =>
      [...(runs > 0 ? [`${runs} 个运行`] : []), ...(studies > 0 ? [`${studies} 项研究`] : [])].join(
        '，',
      ),
    comparison: '各运行并列',
    comparisonForest: '各运行的 Δ',
    comparisonCaption:
      '各运行按用户的 Δ 及其自身区间。每个运行单独计划、单独判定：未检验任意两行之间的差异。',
    comparisonVerdicts: '结论',
    others: '其他运行',
    clicks: '实际展示的列表每个展示物品的点击',
    runLabel: (name, id, seed) => `${name} · 运行 ${id}，种子 ${seed}`,
    missing: (part) => `该来源已不含“${part}”这一部分。`,
    runs: '运行',
    studies: '研究',
    studyLabel: (id) => `研究 ${id}`,
  },
}
