import { describe, expect, it } from 'vitest'
import { experimentLines, keyOfLine, runsOfLine, toggleLine } from '#renderer/experimentLines'
import { detailFixture } from '../core/report/fixture.ts'

const row = (id: number, experiment: number) => ({ ...detailFixture(), id, experiment })
const rows = [row(9, 3), row(8, 2), row(7, 3), row(5, 1)]
const keys = (open: ReadonlySet<string> | null) => experimentLines(rows, open).map(keyOfLine)

describe('the lines of the table of experiments', () => {
  it('fold the seeds of one configuration where the first of them stands', () => {
    expect(keys(new Set())).toEqual(['group 3', 'run 8', 'run 5'])
    expect(keys(new Set(['3']))).toEqual(['group 3', 'run 9', 'run 7', 'run 8', 'run 5'])
    expect(keys(null)).toEqual(['run 9', 'run 8', 'run 7', 'run 5'])
  })

  it('are picked with all their runs and dropped only when all were picked', () => {
    const [group, run] = experimentLines(rows, new Set())
    expect(runsOfLine(group!).map(({ id }) => id)).toEqual([9, 7])
    const picked = toggleLine(new Set([7]), group!)
    expect([...picked].sort()).toEqual([7, 9])
    expect([...toggleLine(toggleLine(picked, run!), group!)]).toEqual([8])
  })
})
