/** Words of the bootstrap of Δ. */
export const bootstrap = {
  title: 'Δ 的自助法分布',
  unit: '对有投票的用户重抽样 {n} 次',
  say: 'Δ = {delta}，{level} BCa 区间 {interval}，{n} 名用户；仅在结束时抽取一次，不为此前的查看付出代价。',
  sayPercentile:
    'Δ = {delta}，{level} 百分位区间 {interval}，{n} 名用户；仅在结束时抽取一次，不为此前的查看付出代价。',
  from: 'Δ 自',
  to: 'Δ 至',
  count: '抽样次数',
}
