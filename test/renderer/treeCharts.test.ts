import { describe, expect, it } from 'vitest'
import { deciderIds } from '#core/decisionTime/deciders'
import type { DecisionTimeReport } from '#core/decisionTime/decisionTimeReport'
import type { NodeColumns } from '#core/tree/nodeWindow'
import type { ChartContext } from '#renderer/charts/chart'
import { collapsedTree, pathOfMark } from '#renderer/charts/trees/collapsedTree'
import { decisionTimes } from '#renderer/charts/trees/decisionTimes'
import { levelHeatmap } from '#renderer/charts/trees/levelHeatmap'
import { nodeMap } from '#renderer/charts/trees/nodeMap'
import { colourRange, colourShare, nodeRows } from '#renderer/charts/trees/nodeRows'
import { rampColour } from '#renderer/charts/trees/ramp'

const context: ChartContext = {
  token: (name) => (name.startsWith('seq') ? '#205040' : '#fff'),
  width: 400,
  height: 300,
  t: (key, named) => `${key} ${JSON.stringify(named ?? {})}`,
  cursor: null,
}
const many = (n: number): NodeColumns => {
  const numbers = (value: (i: number) => number) =>
    Float64Array.from({ length: n }, (_, i) => value(i))
  const whole = (value: (i: number) => number) => Int32Array.from({ length: n }, (_, i) => value(i))
  return {
    child: whole((i) => i),
    items: whole(() => 1),
    children: whole(() => 0),
    fill: numbers(() => 1),
    visits: numbers((i) => n - i),
    share: numbers((i) => i / n),
    entropy: numbers(() => NaN),
    reward: numbers((i) => (i === 0 ? NaN : i / n)),
    low: numbers(() => NaN),
    high: numbers(() => NaN),
    lastUpdate: numbers(() => NaN),
    examples: Array.from({ length: n }, (_, i) => String(i)),
  }
}

describe('the charts of a tree', () => {
  it('take the unknown as null, never as a number', () => {
    const [first, second] = nodeRows(many(3), '7')
    expect(first).toMatchObject({ path: '7.0', entropy: null, reward: null, visits: 3 })
    expect(second!.reward).toBeCloseTo(1 / 3)
    expect(colourRange(nodeRows(many(3), ''), 'entropy')).toBe(null)
    expect(colourShare(5, { low: 5, high: 5 }, 'visits')).toBe(0.5)
  })

  it('give the treemap one level, and of 27,000 children no more than can be seen', () => {
    const rows = nodeRows(many(27_000), '')
    const { option } = nodeMap.draw(
      { rows, total: 27_000, totalItems: 27_000, colour: 'visits', selected: null, onPath: null },
      context,
    )
    const [map] = option['series'] as { data: { value: number; children?: unknown }[] }[]
    const { data } = map!
    expect(data.length).toBe(201)
    // areas without room for five digits have no label, wide ones do
    expect(JSON.stringify(data[0])).toContain('"show":false')
    expect(data.every(({ children }) => children === undefined)).toBe(true)
    // those that are not drawn one by one share the last, which does not push the others aside
    expect(data.at(-1)).toMatchObject({ value: 20 })
    expect(JSON.stringify(data.at(-1))).toContain('trees.moreNotToScale {\\"n\\":\\"26,800')
    expect(JSON.stringify(option)).not.toMatch(/null|NaN/)
    const few = nodeRows(many(9), '')
    const nine = {
      total: 9,
      totalItems: 9,
      colour: 'visits',
      selected: null,
      onPath: null,
    } as const
    expect(JSON.stringify(nodeMap.draw({ rows: few, ...nine }, context))).not.toContain(
      '"show":false,"color"',
    )
  })

  it('open two levels of the folded tree, and know what a mark stands for', () => {
    const data = {
      parent: '',
      node: '4',
      siblings: nodeRows(many(9), ''),
      children: nodeRows(many(30), '4'),
      totals: { siblings: 9, children: 30 },
      colour: 'visits' as const,
    }
    const { option } = collapsedTree.draw(data, context)
    const text = JSON.stringify(option)
    expect(text).toContain('trees.more {\\"n\\":\\"20\\"}')
    expect(pathOfMark(data, 0)).toBe('4')
    expect(pathOfMark(data, 7)).toBe('4.0')
    expect(collapsedTree.table(data, context.t).rows.length).toBe(17)
  })

  it('leave out of the level map what was not counted', () => {
    const level = (value: number) => ({
      visits: Float64Array.of(value, value),
      entropy: Float64Array.of(NaN, NaN),
      reward: Float64Array.of(NaN, 0.5),
    })
    const data = { map: { parts: 2, levels: [level(4), level(2)] }, colour: 'reward' as const }
    const { option } = levelHeatmap.draw(data, context)
    const [series] = option['series'] as { data: { value: unknown[] }[] }[]
    expect(series!.data.map(({ value }) => value[2])).toEqual(['-', 0.5, '-', 0.5])
  })

  it('write on a colour with the ink that is read, also from shortened tokens', () => {
    const token = (name: string) => ({ ink: '#16181d', 'on-ink': '#fff' })[name] ?? '#07463d'
    expect(rampColour(token, 1)).toEqual({ fill: 'rgb(7,70,61)', ink: '#fff' })
    expect(rampColour((name) => (name.startsWith('seq') ? '#eee' : token(name)), 0).ink).toBe(
      '#16181d',
    )
  })

  it('draw decision times that are there, and ring where a path overtakes the scan', () => {
    const report: DecisionTimeReport = {
      machine: 'a test',
      sizes: [1000, 10_000],
      ways: deciderIds.map((id) => ({
        id,
        micros: id === 'wolpertinger10pc' ? [5, null] : [5, 50],
        exponent: 1,
        theory: null,
        faster: id === 'tpgr2' ? { kind: 'from', items: Math.sqrt(1e7) } : null,
      })),
    }
    const { option } = decisionTimes.draw(report, context)
    const series = option['series'] as { type: string; data: number[][] }[]
    const [ring] = series.filter(({ type }) => type === 'scatter')
    expect(ring!.data).toHaveLength(1)
    // halfway in log-log between 5 and 50 µs
    expect(ring!.data[0]![1]).toBeCloseTo(Math.sqrt(250), 6)
    const [before] = series.slice(-2)
    expect(before!.data).toEqual([[1000, 5]])
    expect(decisionTimes.table(report, context.t).rows.at(1)).toContain('–')
  })
})
