import { describe, expect, it } from 'vitest'
import type { ReportContent } from '#core/report/reportContent'
import { useHistory } from '#renderer/composables/useHistory'
import { addBlock, changeText, moveBlock, removeBlock, removeSource } from '#renderer/reportEdits'

const content: ReportContent = {
  title: 'A report',
  languages: ['en'],
  paper: 'A4',
  sources: [
    { key: 's1', kind: 'run', id: 1 },
    { key: 's2', kind: 'run', id: 2 },
  ],
  blocks: [
    { kind: 'verdict', id: 'b1', source: 's1' },
    { kind: 'text', id: 'b2', text: {} },
    { kind: 'chart', id: 'b3', source: 's2', part: 'forest' },
  ],
}
const ids = ({ blocks }: ReportContent) => blocks.map(({ id }) => id).join()

describe('an edit of a report', () => {
  it('moves a block, at most to an end', () => {
    expect(ids(moveBlock(content, 0, 1))).toBe('b2,b1,b3')
    expect(ids(moveBlock(content, 2, 0))).toBe('b3,b1,b2')
    expect(ids(moveBlock(content, 0, 99))).toBe('b2,b3,b1')
    expect(ids(moveBlock(content, 2, -4))).toBe('b3,b1,b2')
    expect(moveBlock(content, 9, 0)).toBe(content)
  })

  it('puts a new block behind the chosen one, under a number that is free', () => {
    const made = addBlock(content, { kind: 'comparison' }, 'b1')
    expect(made.id).toBe('b4')
    expect(ids(made.content)).toBe('b1,b4,b2,b3')
    expect(ids(addBlock(content, { kind: 'comparison' }, null).content)).toBe('b1,b2,b3,b4')
  })

  it('changes the text of one language, and takes a source with its blocks away', () => {
    const both = changeText(changeText(content, 'b2', 'en', 'a'), 'b2', 'zh-CN', '甲')
    expect(both.blocks[1]).toEqual({ kind: 'text', id: 'b2', text: { en: 'a', 'zh-CN': '甲' } })
    expect(ids(removeSource(content, 's2'))).toBe('b1,b2')
    expect(ids(removeBlock(content, 'b2'))).toBe('b1,b3')
  })
})

describe('a history', () => {
  it('takes back words, not letters, and forgets what a new change replaces', () => {
    let now = 0
    const { value, change, undo, redo, canUndo, canRedo } = useHistory('', () => now)
    change('a', 'typing')
    change('ab', 'typing')
    now = 5000
    change('ab c', 'typing')
    undo()
    expect(value.value).toBe('ab')
    undo()
    expect([value.value, canUndo.value]).toEqual(['', false])
    redo()
    expect(value.value).toBe('ab')
    change('x')
    expect(canRedo.value).toBe(false)
    undo()
    expect(value.value).toBe('ab')
  })
})
