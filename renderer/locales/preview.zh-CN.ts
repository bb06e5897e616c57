import type { preview as english } from './preview.en.ts'

/** 方案实时预览的文字。 */
export const preview: typeof english = {
  title: '最初的列表',
  sub: '种子与请求固定：只反映你的改动',
  waits:
    '补全 {n} 处后，此处显示最初的列表与方案所需。 | 补全 {n} 处后，此处显示最初的列表与方案所需。',
  goThere: '前往',
  request: '第 {n} 个请求，共 {total} 个',
  earlier: '上一个请求',
  later: '下一个请求',
  rank: '名次',
  item: '物品 {id}',
  same: '名次相同',
  up: '上升 {n}',
  down: '下降 {n}',
  onlyHere: '仅在此列表',
  overlap: 'RBO',
  overlapNote: '{low} 至 {high}，10–90 %',
  ties: '平局',
  noVotes: '未投票',
  identical: '稀释',
  identicalNote: '两列表相同',
  clicks: '每列表点击',
  clicksNote: 'A {a}，B {b}，期望值',
  ofImpressions: '共 {n} 次展示',
  curve: '列表重合度',
  curveSummary: '此处两列表的 RBO 为 {now}；沿横轴从 {first} 变到 {last}（{n} 个请求）。',
  power: '检验功效',
  powerUnit: '发现 Δ = {effect}，只看一次',
  powerSummaryNamed:
    '{users} 名用户发现最小效应的功效为 {power}；达到 {wanted} 需要 {required} 名用户。',
  powerSummary:
    'Δ = {effect} 是 {users} 名用户以 {wanted} 的功效所能发现的最小效应；填写最小效应即可看到它的曲线。',
  users: '用户数',
  low: '10 %',
  high: '90 %',
  noDecisive:
    '这里没有一票能分胜负，因此无法给出所需用户数。列表几乎相同或无人点击：请加大探索、加长列表，或换一种点击模型。',
  approximate: '近似',
  approximateText: '最初 {requests} 个请求，抽取 {draws} 次，尚未从点击中学习。',
  approximateDuel: '最初 {requests} 个请求，尚未从点击中学习。',
  smallerWorld: '所用世界比方案中的小。',
  smallerPretraining: '预训练比方案中的短。',
  building: '正在生成世界并训练 Q；每个世界一次，约一两秒。',
  logged: '无预览：由日志构成的世界要整体读入后才有第一个列表。启动后即可看到列表。',
  failed: '无预览：{reason}',
  measured:
    '来自预览：平局 {ties}，未投票 {noVotes}；假设同一用户各票相关系数为 {icc}。仅指看一次；序列所需的用户数由偷看实验室测量。',
}
