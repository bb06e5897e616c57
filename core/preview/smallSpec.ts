import type { EnvironmentSpec } from '#core/environment/params'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { PlanPreview } from './planPreview.ts'

/** What fits two seconds or three of one core; a list of news is dear to learn from. */
const MOST = {
  users: 500,
  items: 5000,
  ratingsPerUser: 400,
  newsUsers: 100,
  logDays: 1,
  pretrainSteps: 1500,
  newsSteps: 150,
} as const

/** Users that come in a preview, whatever the plan says: their number changes no list. */
const traffic = { users: 60, impressionsPerUser: 10, concurrentUsers: 40 } as const

/** The plan with a world that a preview can build, and what is smaller about it. */
export function smallSpec(spec: ExperimentSpec): {
  readonly spec: ExperimentSpec
  readonly smaller: PlanPreview['smaller']
} {
  const environment = smallWorld(spec.environment)
  const steps = environment.kind === 'news' ? MOST.newsSteps : MOST.pretrainSteps
  const pretrainSteps = Math.min(spec.agent.pretrainSteps, steps)
  return {
    spec: {
      ...spec,
      environment,
      traffic: { ...spec.traffic, ...traffic },
      // nothing is learned in a preview
      agent: { ...spec.agent, pretrainSteps, majorEveryDuels: 0, majorSeconds: 0 },
    },
    smaller: [
      ...(same(environment, spec.environment) ? [] : (['world'] as const)),
      ...(pretrainSteps === spec.agent.pretrainSteps ? [] : (['pretraining'] as const)),
    ],
  }
}

function smallWorld(world: EnvironmentSpec): EnvironmentSpec {
  switch (world.kind) {
    case 'typedLatent':
    case 'lowRank': {
      const items = Math.min(world.items, MOST.items)
      const most = world.kind === 'lowRank' ? Math.floor(items / 2) : items
      const ratingsPerUser = Math.max(1, Math.min(world.ratingsPerUser, most, MOST.ratingsPerUser))
      return { ...world, items, users: Math.min(world.users, MOST.users), ratingsPerUser }
    }
    case 'news': {
      const logDays = Math.min(world.logDays, MOST.logDays)
      return { ...world, logDays, users: Math.min(world.users, MOST.newsUsers) }
    }
    case 'sessions': {
      const products = Math.min(world.products, MOST.items)
      return { ...world, products, users: Math.min(world.users, MOST.users) }
    }
    default:
      return world
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Worlds that are made of a log are read whole before their first list; a preview does not wait for that. */
export const canPreview = ({ kind }: EnvironmentSpec): boolean =>
  kind !== 'impressions' && kind !== 'queries' && kind !== 'bandit'

/** What has to be built anew when it changes; the rest of a plan only changes what is asked of it. */
export const worldKey = ({ design, rankers, environment, traffic, click, agent }: ExperimentSpec) =>
  JSON.stringify([design, rankers, environment, traffic, click, agent])
