import { SimulatedWorld } from '#core/environment/params'
import { newsPresets } from '#core/samples/newsPresets'
import { canonicalJson } from '#core/specHash'
import { ExaminedWorld } from './validitySpec.ts'

/** Worlds of lists that are examined by their name. */
export const listWorlds = {
  calm: SimulatedWorld.parse(newsPresets.calm.environment),
  drift: SimulatedWorld.parse(newsPresets.drift.environment),
  bored: SimulatedWorld.parse(newsPresets.bored.environment),
  full: SimulatedWorld.parse(newsPresets.full.environment),
  typedLatent: SimulatedWorld.parse({ kind: 'typedLatent', items: 1000, ratingsPerUser: 240 }),
  lowRank: SimulatedWorld.parse({ kind: 'lowRank', items: 2000 }),
  sessions: SimulatedWorld.parse({ kind: 'sessions' }),
} as const satisfies Record<string, SimulatedWorld>

export const validityWorlds = {
  ...listWorlds,
  itemToItem: ExaminedWorld.parse({ kind: 'itemToItem' }),
} as const satisfies Record<string, ExaminedWorld>

export type ValidityWorld = keyof typeof validityWorlds
export const validityWorldIds = Object.keys(validityWorlds) as readonly ValidityWorld[]
export const listWorldIds = Object.keys(listWorlds) as readonly (keyof typeof listWorlds)[]

/** Which of them a world is; null for one with settings of its own. */
export function worldIdOf(environment: ExaminedWorld): ValidityWorld | null {
  const text = canonicalJson(environment) // a stored one has its keys in another order
  return validityWorldIds.find((id) => canonicalJson(validityWorlds[id]) === text) ?? null
}
