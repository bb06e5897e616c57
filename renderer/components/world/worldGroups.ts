/** Cards of the world editor, in order; a field of no group stands in the last one. */
const worldGroups = {
  world: [
    'environment.kind',
    'environment.users',
    'environment.days',
    'environment.logDays',
    'environment.worldSeed',
  ],
  items: [
    'environment.newsPerHour',
    'environment.candidates',
    'environment.topics',
    'environment.providers',
    'environment.dimensions',
    'environment.contentSpread',
    'environment.qualityMean',
    'environment.qualitySpread',
    'environment.freshnessHours',
    'environment.expiryHours',
    'environment.items',
    'environment.products',
    'environment.popularitySpread',
    'environment.types',
    'environment.ratingsPerUser',
    'environment.factors',
  ],
  tastes: [
    'environment.tasteWeight',
    'environment.tasteDrift',
    'environment.tasteJump',
    'environment.topicDrift',
    'environment.boredom',
    'environment.boredomHours',
    'environment.likeSame',
    'environment.likeOther',
    'environment.drift',
    'environment.flips',
  ],
  returns: [
    'environment.returnEffect',
    'environment.inSession',
    'environment.baitShare',
    'environment.baitLift',
    'environment.leave',
    'environment.toOrganic',
    'environment.toBandit',
    'environment.logUsers',
  ],
  clicks: [],
} as const satisfies Record<string, readonly string[]>

type WorldGroup = keyof typeof worldGroups
export const worldGroupIds = Object.keys(worldGroups) as readonly WorldGroup[]

/** The card of a field. */
export function groupOf(path: string): WorldGroup {
  const own = worldGroupIds.find((id) => (worldGroups[id] as readonly string[]).includes(path))
  return own ?? 'clicks'
}

/** Fields that a request depends on: the world itself, who clicks, and the size of lists. */
export const isOfWorld = (path: string): boolean =>
  path.startsWith('environment.') ||
  path.startsWith('click.') ||
  path === 'traffic.poolSize' ||
  path === 'traffic.listLength'
