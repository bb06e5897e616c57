import { describe, expect, it } from 'vitest'
import { matches, parseFilter } from '#renderer/runFilter'
import { runStyle } from '#renderer/theme/runStyle'
import { detailFixture, specFixture } from '../core/report/fixture.ts'

const row = { ...detailFixture(), tags: ['March'] }
const holds = (text: string) => matches(row, specFixture, parseFilter(text))

describe('the filter of runs', () => {
  it.each([
    ['', true],
    ['wider EXPLORATION', true],
    ['narrower', false],
    ['142', true],
    ['20264', true],
    ['tag:march', true],
    ['tag:april', false],
    ['traffic.users=3300', true],
    ['traffic.users>=3300 traffic.users<3301', true],
    ['traffic.users>3300', false],
    ['environment.kind=RATINGS', true],
    ['environment.kind!=ratings', false],
    ['environment.kind>1', false],
    ['nothing.there=1', false],
    ['wider nothing.there!=1', false],
  ])('%s', (text, expected) => expect(holds(text)).toBe(expected))

  it('waits for a spec that is not there yet', () => {
    expect(matches(row, undefined, parseFilter('traffic.users=3300'))).toBe(false)
  })
})

describe('the colours of runs', () => {
  it('are the same for the same run, and differ among 64 in a row', () => {
    const styles = Array.from({ length: 64 }, (_, i) => JSON.stringify(runStyle(i + 1)))
    expect(new Set(styles).size).toBe(64)
  })
})
