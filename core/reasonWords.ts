import type { Language } from './languages.ts'

/** Why a number or a verdict is missing: the codes that the engine gives, in words. */
const words: Readonly<Record<string, readonly [english: string, chinese: string]>> = {
  configChanged: [
    'the configuration or the data changed while running',
    '运行期间配置或数据发生了变化',
  ],
  noVotes: ['no list has got a click that counts for a team', '还没有任何列表获得可归因的点击'],
  fewerThanTwoUsers: ['fewer than two users have voted', '投票用户不足两名'],
  noVariance: ['all users voted alike, so there is no interval', '所有用户投票相同，无法得到区间'],
  fewerThanFiftyUsers: [
    'scores without a bound need 50 users before the central limit is trusted',
    '无界分数至少需要 50 名用户，才能依据中心极限定理',
  ],
  beforeTheLook: ['the one look comes at the end', '只在结束时查看一次，尚未到时'],
  noData: ['there is no data yet', '尚无数据'],
  noDecisiveVotes: ['no vote has decided for either side', '没有分出胜负的投票'],
  familyNotStored: [
    'the correction over all challengers is not stored per look',
    '各次查看未存储对全部挑战者的校正',
  ],
  notRejectedInFamily: [
    'its interval excludes 0, but not after the correction for all comparisons',
    '区间不含 0，但按全部比较校正后不能拒绝',
  ],
  noRewardModel: ['it needs a model of rewards', '需要奖励模型'],
  noRounds: ['there are no rounds', '没有轮次'],
  noWeight: ['no logged choice is one that the policy makes', '该策略不会做出日志中的任何选择'],
  notUniform: ['the log did not choose uniformly', '日志不是均匀选择的'],
  noNonZeroDifference: ['no user differs between the sides', '没有用户在双方之间有差异'],
  fewerThanTwoPoints: ['fewer than two votes', '投票不足两次'],
  notEstimable: ['not estimable yet', '目前无法估计'],
}

/** @param reason a code, or a sentence that is given back as it is */
export function reasonWords(reason: string, language: Language): string {
  const known = Object.hasOwn(words, reason) ? words[reason] : undefined
  if (known === undefined) return reason.replace(/[.。]$/, '')
  return known[language === 'zh-CN' ? 1 : 0]
}
