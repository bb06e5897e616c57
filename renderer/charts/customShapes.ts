/** The part of ECharts' custom series API that our shapes need: the row's numbers, and pixels of a point. */
export interface Coordinates {
  value(dimension: number): number
  coord(point: readonly [number, number]): number[]
}

/**
 * A box with its whiskers, for rows of place, lower whisker, lower quartile, median, upper quartile and
 * upper whisker. @param half of the box's width, pixels
 */
export function boxOf(api: Coordinates, half: number, stroke: string, fill: string) {
  const y = (dimension: number) => api.coord([api.value(0), api.value(dimension)])[1] ?? 0
  const [x = 0] = api.coord([api.value(0), api.value(3)])
  const [least, lower, median, upper, most] = [y(1), y(2), y(3), y(4), y(5)] as const
  const line = (y1: number, y2: number, reach: number, lineWidth = 1) => ({
    type: 'line',
    shape: { x1: x - reach, x2: x + reach, y1, y2 },
    style: { stroke, lineWidth },
  })
  return {
    type: 'group',
    children: [
      line(least, most, 0),
      {
        type: 'rect',
        shape: { x: x - half, y: upper, width: 2 * half, height: Math.max(1, lower - upper) },
        style: { fill, stroke, lineWidth: 1 },
      },
      line(median, median, half, 2.5),
    ],
  }
}
