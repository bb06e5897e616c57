/** Milliseconds: short samples, so that some of them are not disturbed. */
const leastSample = 1
const samples = 200

/**
 * Time of one call in microseconds: the least of several samples, because what disturbs can only add.
 * @param now milliseconds of a monotonic clock
 * @param budget milliseconds after which no further sample begins; two are always taken
 */
export function leastTime(
  call: () => unknown,
  { now, budget }: { readonly now: () => number; readonly budget: number },
): number {
  const lasted = (calls: number): number => {
    const started = now()
    for (let i = 0; i < calls; i++) call()
    return now() - started
  }
  let calls = 1
  for (;;) {
    const time = lasted(calls)
    if (time >= leastSample) break
    calls = Math.ceil(calls * Math.min(8, (1.2 * leastSample) / Math.max(time, 0.01)))
  }
  let least = Infinity
  const begun = now()
  for (let s = 0; s < samples && (s < 2 || now() - begun < budget); s++) {
    least = Math.min(least, lasted(calls) / calls)
  }
  return 1000 * least
}
