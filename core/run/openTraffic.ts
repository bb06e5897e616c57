import type { Pretraining } from '#core/agent/pretraining'
import type { Environment } from '#core/environment/environment'
import type { Traffic } from '#core/environment/traffic'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { StreamFactory } from '#core/random/philox'
import { ScheduledTraffic } from './scheduledTraffic.ts'
import type { SimulatedClicks } from './simulatedClicks.ts'

export interface OpenedTraffic {
  readonly traffic: Traffic
  readonly pretraining: Pretraining
}

/**
 * The users of a run and what was known of them before.
 * @param fresh false when a checkpoint is restored at once
 */
export function openTraffic(
  environment: Environment,
  spec: ExperimentSpec,
  stream: StreamFactory,
  clicks: SimulatedClicks,
  fresh: boolean,
): OpenedTraffic {
  if (environment.kind === 'rated') {
    const traffic = new ScheduledTraffic(environment, spec.traffic, stream)
    const { memory } = traffic
    const pretraining: Pretraining = {
      kind: 'history',
      observed: environment.observed,
      examination: clicks.meanExamination,
      writeState: (...state) => memory.composeState(...state),
    }
    return { traffic, pretraining }
  }
  const { users, impressionsPerUser, poolSize, listLength } = spec.traffic
  const plan = {
    users: Math.min(users, environment.users),
    impressionsPerUser,
    poolSize,
    listLength,
    stream,
    expectedClicks: (length: number, attractionOf: (slot: number) => number) =>
      clicks.begin(length, attractionOf),
  }
  return { traffic: environment.open(plan, fresh), pretraining: { kind: 'log' } }
}
