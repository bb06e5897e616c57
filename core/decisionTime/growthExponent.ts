/** Slope of log time over log size by least squares; null below two sizes. @param points (size, time) */
export function growthExponent(points: readonly (readonly [number, number])[]): number | null {
  if (points.length < 2) return null
  const logs = points.map(([size, time]) => [Math.log(size), Math.log(time)] as const)
  const mean = (i: 0 | 1) => logs.reduce((sum, p) => sum + p[i], 0) / logs.length
  const [x, y] = [mean(0), mean(1)]
  const covariance = logs.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0)
  return covariance / logs.reduce((sum, p) => sum + (p[0] - x) ** 2, 0)
}
