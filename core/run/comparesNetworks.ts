import type { ExperimentSpec } from '#core/experimentSpec'

const withoutNetwork: ReadonlySet<string> = new Set([
  'factors',
  'popularity',
  'staticBest',
  'random',
])

/** Whether a learner stands on some side, so that there is something to look into. */
export const comparesNetworks = ({ design, rankers }: ExperimentSpec): boolean =>
  design === 'explore' || rankers.some(({ kind }) => !withoutNetwork.has(kind))
