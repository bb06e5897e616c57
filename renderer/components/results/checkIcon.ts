import type { HealthCheck } from '#core/run/summary'
import type { IconName } from '../icons.ts'

/** A passing check is an ink tick, not green; what does not pass has an icon and a word. */
export function checkIcon({ level, value }: HealthCheck): IconName {
  if (value === null) return 'info'
  return level === 'ok' ? 'check' : level === 'warn' ? 'warn' : 'block'
}
