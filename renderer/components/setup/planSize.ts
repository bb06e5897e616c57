import type { ExperimentSpec } from '#core/experimentSpec'

/** How much a plan asks for. */
export interface PlanSize {
  readonly impressions: number
  readonly seconds: number // of simulated time
  readonly duels: number // update duels of M impressions
  readonly majors: number
}

/** @param total impressions that the host has counted; null before, or where nothing is to be counted */
export function planSize(
  { traffic, explorer, agent }: Pick<ExperimentSpec, 'traffic' | 'explorer' | 'agent'>,
  total: number | null,
): PlanSize {
  const impressions = total ?? traffic.users * traffic.impressionsPerUser
  const duels = Math.floor(impressions / explorer.duelImpressions)
  return {
    impressions,
    seconds: impressions * traffic.secondsBetweenRequests,
    duels,
    majors: agent.majorEveryDuels === 0 ? 0 : Math.floor(duels / agent.majorEveryDuels),
  }
}
