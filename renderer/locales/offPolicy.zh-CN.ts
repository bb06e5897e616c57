import type { offPolicy as english } from './offPolicy.en.ts'

/** 在运行所用日志上评估其网络的页签文字。 */
export const offPolicy: typeof english = {
  title: '在 {dataset} 上它本可获得多少？',
  help: '运行根据此日志模拟点击；离线策略评估按网络做出相同选择的可能性，对真实记录的奖励加权。网络从此日志中学习过，估计因此偏高；换成更晚的日志则不会。',
  others: '其他策略',
  policy: '运行 {id} 的 {name}',
  start: '评估 {name}',
  empty: '尚未在此日志上评估任何策略。',
  notHere: '此处无需估计策略的奖励：此运行的世界已知其值。',
  notHereHelp:
    '“结果”给出各策略在相同请求上的期望点击。离线策略评估用于决策日志：其中记录了奖励与展示的概率。',
  early: '运行有了检查点之后即可评估其网络。',
}
