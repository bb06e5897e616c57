import { formatSetting } from '../../format.ts'
import type { ClickSpec, InterleaverSpec } from '../../servingParams.ts'

/** How a report calls what a run was served with. */
interface ServingWords {
  /** With the source. */
  readonly interleavers: Readonly<Record<InterleaverSpec['kind'], string>>
  readonly interleaving: (spec: InterleaverSpec, k: string) => string
  readonly clicks: (spec: ClickSpec) => string
}

const englishUsers = {
  perfect: 'perfect',
  navigational: 'navigational',
  informational: 'informational',
  almostRandom: 'almost random',
  random: 'random',
} as const

const englishStop = {
  after_click: 'stop coin after a click',
  every_rank: 'stop coin at every rank',
} as const

export const servingEnglish: ServingWords = {
  interleavers: {
    probabilistic: 'probabilistic interleaving (Hofmann, Whiteson & de Rijke, CIKM 2011)',
    teamDraft: 'team-draft interleaving (Radlinski, Kurup & Joachims, CIKM 2008)',
    optimized: 'optimized interleaving (Radlinski & Craswell, WSDM 2013)',
    balanced: 'balanced interleaving (Joachims, 2003), which is not unbiased',
    debiasedBalanced:
      'balanced interleaving with counterfactual credit (after Amazon, CIKM 2022; the formula is of this project)',
    pairwisePreference: 'pairwise preference multileaving (Oosterhuis & de Rijke, CIKM 2017)',
    sampleOnlyScored:
      'sample-only scored multileaving (Brost, Cox, Seldin & Lioma, CIKM 2016), which is not unbiased',
  },
  interleaving(spec, k) {
    switch (spec.kind) {
      case 'probabilistic':
        return `probabilistic, τ ${formatSetting(spec.tau)}, top ${k}`
      case 'teamDraft':
        return `team draft, top ${k}`
      case 'optimized':
        return `optimized, top ${k}`
      case 'balanced':
        return `balanced (not unbiased), top ${k}`
      case 'debiasedBalanced':
        return `debiased balanced, examination ${spec.theta === 'inverse' ? '1/rank' : 'uniform'}, top ${k}`
      case 'pairwisePreference':
        return `pairwise preference, top ${k}`
      case 'sampleOnlyScored':
        return `sample-only scored (not unbiased), τ ${formatSetting(spec.tau)}, top ${k}`
    }
  },
  clicks(spec) {
    switch (spec.kind) {
      case 'positionBased':
        return `position-based, strength of the bias ${formatSetting(spec.eta)}`
      case 'cascade':
        return `cascade, stops with ${formatSetting(spec.satisfaction)}, ${englishStop[spec.stop]}`
      case 'dependentClick':
        return `dependent click, reads on after a click with λ ${formatSetting(spec.lambda)}`
      case 'dynamicBayesian':
        return `dynamic Bayesian, γ ${formatSetting(spec.gamma)}, satisfaction ${formatSetting(spec.satisfaction)} · attraction, stop coin after a click`
      case 'userBrowsing':
        return `user browsing, strength of the bias ${formatSetting(spec.eta)}`
      case 'graded':
        return `${englishUsers[spec.users]} users by grade, ${englishStop[spec.stop]}`
    }
  },
}

const chineseUsers = {
  perfect: '完美型',
  navigational: '导航型',
  informational: '信息型',
  almostRandom: '近乎随机型',
  random: '随机型',
} as const

const chineseStop = {
  after_click: '点击后才抽取停止',
  every_rank: '每个位置都抽取停止',
} as const

export const servingChinese: ServingWords = {
  interleavers: {
    probabilistic: '概率交错（Hofmann, Whiteson & de Rijke, CIKM 2011）',
    teamDraft: '选秀法交错（Radlinski, Kurup & Joachims, CIKM 2008）',
    optimized: '优化交错（Radlinski & Craswell, WSDM 2013）',
    balanced: '平衡交错（Joachims, 2003），并非无偏',
    debiasedBalanced: '带反事实归因的平衡交错（思想见 Amazon, CIKM 2022；公式为本项目自有）',
    pairwisePreference: '成对偏好多路交错（Oosterhuis & de Rijke, CIKM 2017）',
    sampleOnlyScored: '仅样本计分多路交错（Brost, Cox, Seldin & Lioma, CIKM 2016），并非无偏',
  },
  interleaving(spec, k) {
    switch (spec.kind) {
      case 'probabilistic':
        return `概率交错，τ ${formatSetting(spec.tau)}，前 ${k} 项`
      case 'teamDraft':
        return `选秀法交错，前 ${k} 项`
      case 'optimized':
        return `优化交错，前 ${k} 项`
      case 'balanced':
        return `平衡交错（并非无偏），前 ${k} 项`
      case 'debiasedBalanced':
        return `去偏平衡交错，注视概率${spec.theta === 'inverse' ? ' 1/位次' : '均匀'}，前 ${k} 项`
      case 'pairwisePreference':
        return `成对偏好交错，前 ${k} 项`
      case 'sampleOnlyScored':
        return `仅样本计分（并非无偏），τ ${formatSetting(spec.tau)}，前 ${k} 项`
    }
  },
  clicks(spec) {
    switch (spec.kind) {
      case 'positionBased':
        return `位置偏差模型，偏差强度 ${formatSetting(spec.eta)}`
      case 'cascade':
        return `级联模型，停止概率 ${formatSetting(spec.satisfaction)}，${chineseStop[spec.stop]}`
      case 'dependentClick':
        return `依赖点击模型，点击后以 λ ${formatSetting(spec.lambda)} 继续浏览`
      case 'dynamicBayesian':
        return `动态贝叶斯模型，γ ${formatSetting(spec.gamma)}，满意概率 ${formatSetting(spec.satisfaction)} · 吸引力，点击后才抽取停止`
      case 'userBrowsing':
        return `用户浏览模型，偏差强度 ${formatSetting(spec.eta)}`
      case 'graded':
        return `按等级点击的${chineseUsers[spec.users]}用户，${chineseStop[spec.stop]}`
    }
  },
}
