import type { ModelRow } from '#core/contract/models'
import { openTree } from '#core/largeAction/tpgr/openTree'
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
  readonly reconstruction: number | null
  facts(): TreeFacts
}

/** So many are kept decoded: two to compare, and two to go back to. */
const most = 4

/** Decodes the trees of a workspace once each, and keeps the few that were asked for last. */
export function openTrees({ store }: Pick<ApiContext, 'store'>): (id: number) => OpenTree {
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
    return {
      ...inspected,
      row,
      facts: () => (facts ??= treeFacts(inspected)),
    }
  }
}
