/** π = softmax(q/α) over the candidates of one request, with what a soft critic needs of it. */
interface SoftChoice {
  readonly p: Float64Array // [n]
  readonly entropy: number // nats
}

/**
 * The policy that maximises Σ π·q + α·H(π).
 *
 * Haarnoja et al., "Soft actor-critic", ICML 2018; discrete: Christodoulou, 2019, eq. 10.
 * @param q [n], −∞ takes a candidate out
 * @param temperature α > 0, in units of q
 */
export function softChoice(q: ArrayLike<number>, temperature: number): SoftChoice {
  const n = q.length
  let top = -Infinity
  for (let i = 0; i < n; i++) top = Math.max(top, q[i]!)
  const p = new Float64Array(n)
  let total = 0
  for (let i = 0; i < n; i++)
    total += p[i] = q[i] === -Infinity ? 0 : Math.exp((q[i]! - top) / temperature)
  let entropy = 0
  for (let i = 0; i < n; i++) {
    p[i]! /= total
    if (p[i]! > 0) entropy -= p[i]! * Math.log(p[i]!)
  }
  return { p, entropy }
}

/**
 * V = Σ π·(q − α ln π), which for π of the same q is α·ln Σ exp(q/α).
 * @param q values of the candidates, [n]
 */
export function softValue(
  { p, entropy }: SoftChoice,
  q: ArrayLike<number>,
  temperature: number,
): number {
  let value = temperature * entropy
  p.forEach((share, i) => {
    if (share > 0) value += share * q[i]!
  })
  return value
}
