/** Words of the balance of the teams on Live. */
export const balance = {
  title: '队伍均衡',
  unit: '逐次检验，低于 {limit} 告警',
  first: '首位',
  all: '全部位置',
  none: '没有归属队伍的展示位：该方法不按队伍归因，或未存储展示。',
  note: '各位置展示位的占比，%；{lists} 个列表的 n = {n} 个展示位。',
}
