import type { BanditLog } from '#core/dataset/kinds/bandit'
import type { LoggedRounds } from './loggedRounds.ts'
import type { LoggedSlates } from './slates.ts'

/**
 * Neighbouring rounds of one user and second at rising positions are one list; null where a log has
 * no users, times or positions, or no list of more than one.
 */
export function slatesOf(log: BanditLog, { weight, reward }: LoggedRounds): LoggedSlates | null {
  const { user, time, position, rounds } = log
  if (!user || !time || !position || log.positions < 2) return null
  const start: number[] = []
  for (let i = 0; i < rounds; i++) {
    const continues =
      i > 0 && user[i] === user[i - 1] && time[i] === time[i - 1] && position[i]! > position[i - 1]!
    if (!continues) start.push(i)
  }
  if (start.length === rounds) return null
  return {
    start: Int32Array.from([...start, rounds]),
    weight: Float64Array.from(weight),
    reward: Float64Array.from(reward),
  }
}
