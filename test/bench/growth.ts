import { growthExponent } from '#core/decisionTime/growthExponent'
import { leastTime } from '#core/decisionTime/leastTime'

/** Milliseconds that one size of one thing may take. */
const mostTime = 1500

/** Times of one thing at growing sizes, and how they grow. */
export class GrowthTable {
  readonly #sizes: readonly number[]
  readonly #rows = new Map<
    string,
    { readonly theory: number | null; readonly times: Map<number, number> }
  >()

  constructor(sizes: readonly number[]) {
    this.#sizes = sizes
  }

  /** Least of several samples, in microseconds a call: what disturbs can only add. */
  measure(name: string, theory: number | null, size: number, call: () => unknown): void {
    const least = leastTime(call, { now: () => performance.now(), budget: mostTime })
    const row = this.#rows.get(name) ?? { theory, times: new Map<number, number>() }
    row.times.set(size, least)
    this.#rows.set(name, row)
  }

  /** A Markdown table: microseconds per call, and the fitted exponent of the size beside the theory. */
  text(): string {
    const head = [
      'µs per decision',
      ...this.#sizes.map((n) => n.toLocaleString('en')),
      'exponent',
      'theory',
    ]
    const [first] = this.#rows.values()
    const body = [...this.#rows].map(([name, { theory, times }]) => [
      name,
      ...this.#sizes.map((n) => {
        const time = times.get(n)
        const slower = time !== undefined && first && time > first.times.get(n)!
        return time === undefined ? '–' : `${Number(time.toPrecision(3))}${slower ? ' †' : ''}`
      }),
      growthExponent([...times])!.toFixed(2),
      theory === null ? '–' : theory.toFixed(2),
    ])
    const lines = [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`)
    return `${lines.join('\n')}\n\n† slower than the ${[...this.#rows.keys()][0] ?? ''} of the same size`
  }
}
