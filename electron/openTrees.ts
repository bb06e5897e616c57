import { readFile } from 'node:fs/promises'
import type { ModelRow } from '#core/contract'
import { decodeRatings, type RatingsTable } from '#core/dataset/ratingsTable'
import type { EpisodicWorld } from '#core/episode/episodicWorld'
import { openWorld } from '#core/largeAction/openWorld'
import { openTree } from '#core/largeAction/tpgr/openTree'
import type { PathNetwork } from '#core/largeAction/tpgr/pathNetwork'
import { loadTpgr } from '#core/largeAction/tpgr/tpgrModel'
import type { TpgrSpec } from '#core/largeAction/trainParams'
import { RpcError } from '#core/rpc/rpcError'
import type { InspectedTree } from '#core/tree/inspectedTree'
import { treeFacts, type TreeFacts } from '#core/tree/treeFacts'
import type { ApiContext } from './api.ts'

/** A tree that was decoded, and what has been worked out of it so far. */
export interface OpenTree extends InspectedTree {
  readonly row: ModelRow
  readonly spec: TpgrSpec
  readonly parameters: number
  facts(): TreeFacts
  /** The policy and the world it was trained in; slow the first time. */
  policy(): Promise<TreePolicy>
}

export interface TreePolicy {
  readonly network: PathNetwork
  readonly world: EpisodicWorld
  readonly userIds: readonly string[]
}

/** So many are kept decoded: two to compare, and two to go back to. */
const most = 4
/** Numbers of arena for one episode at a time. */
const work = 100_000

/** Decodes the trees of a workspace once each, and keeps the few that were asked for last. */
export function openTrees({
  store,
  folder,
}: Pick<ApiContext, 'store' | 'folder'>): (id: number) => OpenTree {
  const kept = new Map<number, OpenTree>()
  return (id) => {
    const row = store.models.row(id)
    const earlier = kept.get(id)
    kept.delete(id)
    if (!row) throw new RpcError('NOT_FOUND', `there is no model ${id}`)
    if (row.kind !== 'tpgr') {
      throw new RpcError('WRONG_STATE', `model ${id} is a ${row.kind} model, which has no tree`)
    }
    const tree = earlier?.row.hash === row.hash ? { ...earlier, row } : opened(row)
    kept.set(id, tree)
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    return tree
  }

  function opened(row: ModelRow): OpenTree {
    const content = store.models.content(row.id)
    if (!content) throw new RpcError('NOT_FOUND', `there is no model ${row.id}`)
    const inspected = openTree(content)
    let facts: TreeFacts | null = null
    let policy: Promise<TreePolicy> | null = null
    const open = async (): Promise<TreePolicy> => {
      const ratings = await ratingsOf(inspected.spec, row.provenance.dataset)
      const { network } = loadTpgr(content, work)
      const { world } = openWorld(inspected.spec.world, ratings, row.provenance.seed)
      return { network, world, userIds: ratings?.userIds ?? [] }
    }
    return {
      ...inspected,
      row,
      facts: () => (facts ??= treeFacts(inspected)),
      policy() {
        policy ??= open().catch((error: unknown) => {
          policy = null // a dataset can be imported again
          throw error
        })
        return policy
      },
    }
  }

  async function ratingsOf(spec: TpgrSpec, hash: string | null): Promise<RatingsTable | null> {
    if (spec.world.kind !== 'ratings') return null
    const { path } = folder.file(spec.world.dataset, hash ?? '')
    return decodeRatings(await readFile(path))
  }
}
