import type { Feature } from './feature.ts'
import { optional, required, type LogKind } from './logField.ts'

/** Logged bandit feedback as columns: one row per decision, by time where it is known. */
export interface BanditLog {
  readonly rounds: number
  readonly actions: number
  readonly users: number // 0 where no user was logged
  readonly actionIds: readonly string[] // [actions]
  readonly userIds: readonly string[] // [users]
  readonly user: Int32Array | null // [rounds]
  readonly time: Float64Array | null // [rounds], unix seconds
  readonly action: Int32Array // [rounds], 0 … actions − 1
  readonly position: Int16Array | null // [rounds], 0 = top
  readonly positions: number // distinct positions, 1 without any
  readonly propensity: Float64Array // [rounds], π_b of the logged action, in (0, 1]
  readonly reward: Float64Array // [rounds]
  readonly context: readonly Feature[] // [rounds] each
  readonly actionFeatures: readonly Feature[] // [actions] each; empty without a table of actions
}

export const bandit: LogKind = {
  fields: [
    optional('time', 'time', 'timestamp ts datetime date'),
    optional('user', 'id', 'userid uid customerid visitorid'),
    required('action', 'id', 'actionid item itemid arm'),
    optional('position', 'position', 'pos rank slot'),
    required('propensity', 'share', 'propensityscore pscore probability prob'),
    required('reward', 'number', 'click clicked rating'),
    { ...optional('context', 'any'), many: true },
  ],
  alternatives: [],
}
