import { deciders } from '#core/decisionTime/deciders'
import type { FigureRow } from '../benchRow.ts'
import { GrowthTable } from '../growth.ts'

/** Numbers of |I| that are timed; the table marks where the tree begins to win. */
const decisionSizes = [1_000, 10_000, 100_000, 1_000_000] as const

/**
 * Time per decision among 1,000 to 1,000,000 items, with the fitted exponent of |I| beside the theory; the
 * row's own figure is TPGR of depth 3 against the full softmax scan at 100,000 items.
 */
export function decisionRows(): FigureRow[] {
  return [
    {
      id: 'decisions',
      what: `one decision among 100,000 items; table on the error stream`,
      reference: 'full softmax scan',
      target: 1 / 200,
      rounds: 5,
      prepare() {
        const table = new GrowthTable(decisionSizes)
        for (const decider of Object.values(deciders)) {
          const { name, theory, most } = decider
          for (const items of decisionSizes) {
            if (items <= most) table.measure(name, theory, items, decider.prepare(items))
          }
        }
        process.stderr.write(`${table.text()}\n`)
        const tree = deciders.tpgr3.prepare(100_000)
        const scan = deciders.softmaxScan.prepare(100_000)
        return {
          measure: () => {
            const started = performance.now()
            for (let i = 0; i < 20_000; i++) tree()
            const between = performance.now()
            for (let i = 0; i < 100; i++) scan()
            const ended = performance.now()
            return Promise.resolve({
              own: (between - started) / 20_000,
              reference: (ended - between) / 100,
            })
          },
          dispose: () => Promise.resolve(),
        }
      },
    },
  ]
}
