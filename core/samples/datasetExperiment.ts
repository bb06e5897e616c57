import type { AgentKind } from '#core/agent/params'
import type { DatasetMeta } from '#core/dataset/datasetMeta'
import type { ExperimentSpecInput } from '#core/experimentSpec'

/** What can be asked of any dataset that users can be served from. */
export const datasetDesigns = ['explore', 'duel', 'train'] as const
export type DatasetDesign = (typeof datasetDesigns)[number]

type World = Pick<ExperimentSpecInput, 'environment' | 'traffic'>

const learnerNames: Readonly<Record<AgentKind, string>> = {
  drn: 'DRN',
  linear: 'online SGD',
  ftrl: 'FTRL',
  linUcb: 'LinUCB',
  pdgd: 'PDGD',
  qLearning: 'Q-learning',
  policy: 'policy gradient',
  sac: 'soft actor-critic',
}

/**
 * An experiment on a dataset with every choice made: `explore` is DRN with its explore network,
 * `duel` the same double Q-network against popular items, `train` offline pre-training: a learner
 * takes in the first part of the data, then serves the rest without learning, so that its clicks
 * are those of held-out lists; its network can be saved. Null for an interleaving log, which holds
 * the lists of a duel that has been: it is analysed.
 * @param learner that is trained
 */
export function datasetExperiment(
  meta: DatasetMeta,
  design: DatasetDesign,
  learner: AgentKind = 'drn',
): ExperimentSpecInput | null {
  const world = worldOf(meta)
  if (!world) return null
  const agent = { kind: 'drn' } as const
  switch (design) {
    case 'explore':
      return { ...named(meta, 'Q against Q̃'), design, agent, explorer: { kind: 'dbgd' }, ...world }
    case 'duel':
      return {
        ...named(meta, 'DDQN against popularity'),
        design,
        agent,
        rankers: [{ kind: 'learner', label: 'DDQN' }, { kind: 'popularity' }],
        ...world,
      }
    case 'train':
      return {
        ...named(meta, `${learnerNames[learner]}, trained offline`),
        design: 'explore',
        agent: offline(learner),
        explorer: { kind: 'none' },
        environment: inThePast(world.environment),
        traffic: world.traffic,
      }
  }
}

/** All that is learnt is learnt before the first request; of many lists, as replay holds them. */
function offline(kind: AgentKind): ExperimentSpecInput['agent'] {
  const frozen = { majorEveryDuels: 0 }
  return kind === 'drn'
    ? { kind, ...frozen, pretrainSteps: 2000, replayImpressions: 10_000 }
    : { kind, ...frozen }
}

/** 70 % of a log are learnt from; of ratings it is the part that the recommender may see. */
const inThePast = (
  world: ExperimentSpecInput['environment'],
): ExperimentSpecInput['environment'] =>
  world.kind === 'impressions' || world.kind === 'bandit' || world.kind === 'queries'
    ? { ...world, pastShare: 0.7 }
    : world

const named = ({ name }: DatasetMeta, what: string) => ({ name: `${name.slice(0, 90)}: ${what}` })

/** Lists and pools of a size that the data carry. */
function worldOf(meta: DatasetMeta): World | null {
  const { kind, name: dataset, users, items } = meta
  const poolOf = (most: number) => Math.max(2, Math.min(most, items))
  const traffic = (asking: number, list: number, pool: number) => ({
    users: Math.max(2, Math.min(asking, 5000)),
    listLength: Math.min(list, poolOf(pool)),
    poolSize: poolOf(pool),
  })
  switch (kind) {
    case 'ratings':
      return { environment: { kind, dataset }, traffic: traffic(Math.min(users, 500), 5, 100) }
    case 'impressions':
      return {
        environment: { kind, dataset },
        // who asks how often is the log's; this only says what to expect
        traffic: {
          ...traffic(users, 5, 40),
          impressionsPerUser: Math.max(1, Math.round(meta.impressions / Math.max(1, users))),
        },
      }
    case 'bandit':
      return {
        environment: { kind, dataset },
        traffic: traffic(500, Math.max(3, meta.positions), 40),
      }
    case 'queries':
      return { environment: { kind, dataset }, traffic: traffic(300, 5, 20) }
    case 'interleaving':
      return null
  }
}
