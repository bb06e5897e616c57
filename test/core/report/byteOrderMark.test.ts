import { describe, expect, it } from 'vitest'
import { byteOrderMarks, withByteOrderMark } from '#core/report/byteOrderMark'
import { csvLines } from '#core/report/csvLines'

const [english, chinese] = [csvLines([['a']], 'en'), csvLines([['a']], 'zh-CN')]

describe('the byte order mark of a CSV file', () => {
  it('follows the language, or is there always or never, and never twice', () => {
    const made = byteOrderMarks.map((wanted) => [
      withByteOrderMark(english, wanted),
      withByteOrderMark(chinese, wanted),
    ])
    const [marked, bare] = ['\ufeffa\r\n', 'a\r\n']
    expect(made).toEqual([
      [bare, marked],
      [marked, marked],
      [bare, bare],
    ])
  })
})
