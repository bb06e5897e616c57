import type { ModelRow } from '#core/contract/models'
import type { DatasetMeta } from '#core/dataset/datasetMeta'
import { trainedIn } from '#core/model/modelMisfit'

type Fields = Readonly<Record<string, unknown>>

/** Worlds in which a run can ask what users have liked: a factorisation is the ranker to beat. */
const rated: ReadonlySet<unknown> = new Set(['ratings', 'typedLatent', 'lowRank'])

/**
 * A duel of a model in the world that it was trained in, against a ranker that reads the same: greedy
 * matrix factorisation where users have a history, popularity elsewhere. Not checked yet.
 * @returns null where no run can have that world
 */
export function modelDuel(
  model: Pick<ModelRow, 'name' | 'hash' | 'kind' | 'provenance'>,
  datasets: readonly DatasetMeta[],
): Fields | null {
  const trained = trainedIn(model)
  if (!trained || trained.world['kind'] === 'itemToItem') return null
  const { world, isEpisodic } = trained
  const here = datasets.find(({ hash }) => hash === model.provenance.dataset)?.name
  const named = 'dataset' in world ? { dataset: here ?? world['dataset'] } : {}
  const spec = model.provenance.spec as Fields
  const setting = isEpisodic
    ? { environment: { ...episodicWorld(world), ...named }, traffic: trafficFor(world) }
    : { ...spec, environment: { ...world, ...named } }
  return {
    ...setting,
    name: model.name.slice(0, 120),
    hypothesis: '',
    design: 'duel',
    rankers: [
      { kind: 'model', model: model.hash },
      { kind: rated.has(world['kind']) ? 'factors' : 'popularity' },
    ],
    interleaver: { kind: 'teamDraft' },
  }
}

/** The same catalogue as a world of runs, in which each user has rated a part of it. */
function episodicWorld(world: Fields): Fields {
  if (world['kind'] !== 'typedLatent') return { kind: world['kind'] }
  const { kind, users, items, types, likeSame, likeOther, worldSeed } = world
  const ratingsPerUser = Math.max(2, Math.round(Number(items) / 4))
  return { kind, users, items, types, likeSame, likeOther, worldSeed, ratingsPerUser }
}

function trafficFor({ items, users }: Fields): Fields {
  if (typeof items !== 'number') return {}
  const poolSize = Math.max(2, Math.min(200, Math.floor(items / 2)))
  return { users: Math.min(500, Number(users)), poolSize, listLength: Math.min(10, poolSize) }
}
