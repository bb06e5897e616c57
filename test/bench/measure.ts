/** Seconds of one run: wall clock and processor time. */
export interface Sample {
  readonly wall: number
  readonly cpu: number
}

export interface Spread {
  readonly min: number
  readonly median: number
  readonly n: number
}

/** Times `runs` runs in this process; where a run is a promise, each is waited for. */
export async function sample(run: () => unknown, runs: number): Promise<Sample> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  for (let i = 0; i < runs; i++) {
    const running = run()
    if (running instanceof Promise) await running
  }
  const wall = (performance.now() - start) / 1000
  const used = process.cpuUsage(cpu)
  return { wall: wall / runs, cpu: (used.user + used.system) / 1e6 / runs }
}

/** How many runs last at least `seconds`, after as many to warm up. */
export async function calibrate(
  time: (runs: number) => Promise<Sample>,
  seconds: number,
): Promise<number> {
  let runs = 1
  for (;;) {
    const lasted = (await time(runs)).wall * runs
    if (lasted >= seconds) return runs
    runs = Math.ceil(Math.min(runs * 8, (runs * seconds * 1.2) / Math.max(lasted, 1e-6)))
  }
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const median =
    sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { min: sorted[0]!, median, n: sorted.length }
}
