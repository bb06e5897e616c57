import type { Estimate } from './summary.ts'

/** How often users come back, in the unit that it is told in. */
export interface ReturnRate {
  readonly unit: 'hour' | 'day'
  readonly estimate: Estimate
}

const hoursOfDay = 24

/** Per hour of the world’s time where users come back more than once an hour, else per day. */
export function returnRate(perDay: Estimate): ReturnRate {
  if (perDay.value === null || perDay.value < hoursOfDay) return { unit: 'day', estimate: perDay }
  const hourly = (value: number | null) => (value === null ? null : value / hoursOfDay)
  const { value, low, high } = perDay
  return {
    unit: 'hour',
    estimate: { ...perDay, value: hourly(value), low: hourly(low), high: hourly(high) },
  }
}
