/** Words of Δ in windows of time. */
export const windows = {
  title: '按时间窗口的 Δ',
  unit: '按用户离开顺序分 {n} 个窗口 · 探索性',
  say: '{n} 个窗口中 Δ 在 {low} 至 {high} 之间；{a} 个支持 A，{b} 个支持 B，其余均不支持任何一方。',
  none: '尚无法估计：没有窗口含有足够多的投票用户。',
  note: '仅供查看，不用于结论：窗口是探索性的。各窗口用户数相等，在任何人查看之前就已声明，且互不重叠。粗线：单个窗口。细线：取显著性水平 {each}，因此全部以 {level} 同时成立（并集界 {rate}）。每名用户整体计入其最后一个列表所在的窗口。',
  whole: '全部 {delta}',
  from: '自用户',
  to: '至用户',
  end: '窗口结束时的展示数',
  aloneLow: '单独，下限',
  aloneHigh: '单独，上限',
}
