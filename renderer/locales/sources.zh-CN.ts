import type { sources as english } from './sources.en.ts'

/** 参数默认值的出处；文献按原文引用。 */
export const sources: Record<keyof typeof english, string> = {
  said: '默认 {value}：{source}。',
  reported: 'DRN 的取值，据二手资料',
  bench: '漂移基准测量时的取值',
  choice: '本项目的选择',
}
