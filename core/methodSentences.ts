import type { Language } from './languages.ts'
import type { MethodNotes } from './run/summary.ts'

/** What has to stand beside the result of a method that is biased, or that scores without a bound. */
export function methodSentences(
  { kind, measure, unbiased }: MethodNotes,
  language: Language,
): string[] {
  const say = language === 'zh-CN' ? chinese : english
  return [
    ...(unbiased ? [] : [say.biased(methodNames[kind][language === 'zh-CN' ? 1 : 0])]),
    ...(measure === 'score' ? [say.score] : []),
  ]
}

const methodNames: Readonly<
  Record<MethodNotes['kind'], readonly [english: string, chinese: string]>
> = {
  teamDraft: ['Team draft', '选秀法'],
  probabilistic: ['Probabilistic', '概率交错'],
  optimized: ['Optimized', '优化交错'],
  balanced: ['Balanced', '平衡交错'],
  debiasedBalanced: ['Debiased balanced', '去偏平衡交错'],
  pairwisePreference: ['Pairwise preference', '成对偏好交错'],
  sampleOnlyScored: ['Sample-only scored', '仅样本计分'],
}

const english = {
  biased: (name: string) =>
    `${name} interleaving is not unbiased: random clicks can prefer a ranker, so it never decides alone; confirm with team draft or probabilistic interleaving.`,
  score: 'Δ is the mean difference of the users’ scores, which have no bound.',
}

const chinese: typeof english = {
  biased: (name) =>
    `${name}并非无偏：随机点击也可能偏向某个排序器，因此不能单独下结论；请用选秀法或概率交错加以确认。`,
  score: 'Δ 为用户分数之差的均值，分数没有上界。',
}
