import type { BackendChoice } from '#core/jobContract'

interface Engine {
  readonly backend: BackendChoice | null
  readonly engineVersion: string | null
}

/**
 * What was computed elsewhere can not be gone on with here: the digest would be of neither.
 * @param what has been begun: 'run' or 'study'
 * @throws Error that names both engines
 */
export function requireSameEngine(what: string, begun: Engine, today: Engine): void {
  if (!begun.backend || !today.backend) return
  const name = (choice: BackendChoice) => `${choice.name}/${choice.ops}`
  const [before, now] = [name(begun.backend), name(today.backend)]
  if (before !== now) {
    throw new Error(
      `the ${what} was begun on ${before}, this machine now offers ${now}; start it anew`,
    )
  }
  if (begun.engineVersion !== today.engineVersion) {
    throw new Error(
      `the ${what} was begun by engine ${begun.engineVersion ?? 'unknown'}, this is engine ${today.engineVersion ?? 'unknown'}; start it anew`,
    )
  }
}
