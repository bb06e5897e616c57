export interface EBhResult {
  /** Number of rejections. */
  readonly k: number
  /** e value needed, m/(kα); null when nothing is rejected. */
  readonly threshold: number | null
  readonly reject: readonly boolean[]
}

/**
 * e-BH: k = max{i : e_[i] ≥ m/(iα)}, reject e ≥ m/(kα). Controls the false discovery rate under
 * any dependence and any stopping.
 *
 * Source: Wang & Ramdas, "False discovery rate control with e-values", JRSS-B 84(3), 2022.
 * @param lnE logarithms of the e values: they overflow otherwise
 */
export function eBh(lnE: readonly number[], alpha: number): EBhResult {
  const m = lnE.length
  const falling = [...lnE].sort((a, b) => b - a)
  let k = 0
  falling.forEach((value, index) => {
    if (value >= Math.log(m / ((index + 1) * alpha))) k = index + 1
  })
  const threshold = k === 0 ? null : m / (k * alpha)
  const limit = threshold === null ? Infinity : Math.log(threshold)
  return { k, threshold, reject: lnE.map((value) => value >= limit) }
}
