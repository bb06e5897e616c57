import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interruptionWords } from '#core/interruptionWords'
import { storageWords } from '#electron/storageFault'

const inChinese = (reason: string) => interruptionWords(reason, 'zh-CN')

describe('why a job was interrupted, in Chinese', () => {
  it.each([
    [
      'the job process ended with signal SIGKILL after batch 12 (600 of 9943 impressions)',
      '作业进程因信号 SIGKILL 结束，位于第 12 批之后（9943 次展示中的 600 次）',
    ],
    [
      'the job process ended with code 7 before its first batch, for the second time from the same checkpoint',
      '作业进程以代码 7 结束，位于第一批之前，从同一检查点起已是第二次',
    ],
    [
      'the job process was killed on request after 3 of 8 points',
      '作业进程应请求被结束，位于 8 个点中的第 3 个之后',
    ],
    [
      'the program ended while the run was going (50 of 100 impressions)',
      '程序在其进行时结束（100 中的 50）',
    ],
    ['the program ended before the study had started', '程序在其开始前结束'],
    [
      'the program was closed after batch 0 (50 of 100 impressions)',
      '程序已关闭，位于第 0 批之后（100 次展示中的 50 次）',
    ],
  ])('%s', (english, chinese) => {
    expect(inChinese(english)).toBe(chinese)
    expect(interruptionWords(english, 'en')).toBe(english)
  })

  it.each(Object.values(storageWords))('knows that %s', (english) => {
    expect(inChinese(`${english} after batch 1 (50 of 100 impressions)`)).not.toMatch(/[a-z]/)
  })

  it('leaves every other message as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^the (job process|program|disk|workspace) /.test(text))
        expect(inChinese(text)).toBe(text)
      }),
    )
  })
})
