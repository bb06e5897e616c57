/** Milliseconds: short samples, so that some of them are not disturbed, for a while. */
const leastSample = 1
const mostTime = 1500
const samples = 200

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
    let calls = 1
    for (;;) {
      const started = performance.now()
      for (let i = 0; i < calls; i++) call()
      const lasted = performance.now() - started
      if (lasted >= leastSample) break
      calls = Math.ceil(calls * Math.min(8, (1.2 * leastSample) / Math.max(lasted, 0.01)))
    }
    let least = Infinity
    const begun = performance.now()
    for (let s = 0; s < samples && (s < 2 || performance.now() - begun < mostTime); s++) {
      const started = performance.now()
      for (let i = 0; i < calls; i++) call()
      least = Math.min(least, (performance.now() - started) / calls)
    }
    const row = this.#rows.get(name) ?? { theory, times: new Map<number, number>() }
    row.times.set(size, 1000 * least)
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
      exponent(times).toFixed(2),
      theory === null ? '–' : theory.toFixed(2),
    ])
    const lines = [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`)
    return `${lines.join('\n')}\n\n† slower than the ${[...this.#rows.keys()][0] ?? ''} of the same size`
  }
}

/** Slope of log time over log size, by least squares. */
function exponent(times: ReadonlyMap<number, number>): number {
  const points = [...times].map(([n, t]) => [Math.log(n), Math.log(t)] as const)
  const mean = (i: 0 | 1) => points.reduce((sum, p) => sum + p[i], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const covariance = points.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0)
  return covariance / points.reduce((sum, p) => sum + (p[0] - x) ** 2, 0)
}
