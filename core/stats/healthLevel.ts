/** `warn` is shown yellow, `block` red: it takes the verdict away. */
export type HealthLevel = 'ok' | 'warn' | 'block'

/** The common rule of the checks that are tests; without a p value there is nothing to warn of. */
export function levelOfP(p: number | null): HealthLevel {
  if (p === null || p >= 0.01) return 'ok'
  return p < 0.001 ? 'block' : 'warn'
}
