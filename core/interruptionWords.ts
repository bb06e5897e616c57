import type { Language } from './languages.ts'

/** What ends a job before its end, as the host says it, and in Chinese. `$1` is the signal or the code. */
const causes: readonly (readonly [english: RegExp, chinese: string])[] = [
  [/^the job process ended with signal (\S+)/, '作业进程因信号 $1 结束'],
  [/^the job process ended with code (\S+)/, '作业进程以代码 $1 结束'],
  [/^the job process was killed on request/, '作业进程应请求被结束'],
  [/^the program was closed/, '程序已关闭'],
  [/^the program ended while the (?:run|study) was going/, '程序在其进行时结束'],
  [/^the program ended before the (?:run|study) had started/, '程序在其开始前结束'],
  [
    /^the disk with the workspace is full: free some space, then try again/,
    '工作区所在的磁盘已满：请释放空间后重试',
  ],
  [
    /^the workspace can no longer be written: check the rights of its file and folder, then try again/,
    '工作区已无法写入：请检查其文件与文件夹的权限后重试',
  ],
  [
    /^the disk with the workspace refuses to write: check it and its limits, then try again/,
    '工作区所在的磁盘拒绝写入：请检查磁盘及其限额后重试',
  ],
]

/** Where it was then. */
const places: readonly (readonly [english: RegExp, chinese: string])[] = [
  [
    /^ after batch (\d+) \((\d+) of (\d+) impressions\)/,
    '，位于第 $1 批之后（$3 次展示中的 $2 次）',
  ],
  [/^ \((\d+) of (\d+) (?:impressions|points)\)/, '（$2 中的 $1）'],
  [/^ before its first batch/, '，位于第一批之前'],
  [/^ after (\d+) of (\d+) points/, '，位于 $2 个点中的第 $1 个之后'],
  [/^, for the second time from the same checkpoint/, '，从同一检查点起已是第二次'],
]

/**
 * Why a run or a study was interrupted, in the page's language: the host stores one English sentence.
 * What is not such a sentence, such as the message of an error, is given back as it is.
 */
export function interruptionWords(reason: string, language: Language): string {
  if (language === 'en') return reason
  const said = translated(reason, causes)
  if (said === null) return reason
  let [words, rest] = said
  for (let next = translated(rest, places); next; next = translated(rest, places)) {
    words += next[0]
    rest = next[1]
  }
  return words + rest
}

/** The beginning that one of the patterns knows, in Chinese, and what is left. */
function translated(
  text: string,
  patterns: readonly (readonly [RegExp, string])[],
): [words: string, rest: string] | null {
  for (const [english, chinese] of patterns) {
    const [match] = english.exec(text) ?? []
    if (match !== undefined) return [match.replace(english, chinese), text.slice(match.length)]
  }
  return null
}
