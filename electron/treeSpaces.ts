import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ModelRow } from '#core/contract/models'
import { neighbourAgreement, spaceFigures, type SpaceFigures } from '#core/itemSpace/spaceFigures'
import type { SpaceRow } from '#core/largeAction/tpgr/treeAnswers'
import type { TpgrSpec } from '#core/largeAction/trainParams'
import { RpcError } from '#core/rpc/rpcError'
import { treeBalance } from '#core/tree/treeBalance'
import type { ApiContext } from './api.ts'
import type { OpenTree } from './openTrees.ts'

/** What is kept of a model's vectors: little beside the model itself. */
interface Space {
  readonly spec: TpgrSpec
  readonly itemIds: Int32Array | null
  readonly items: number
  readonly figures: SpaceFigures
  readonly reconstruction: number | null
  readonly balance: number
}

/** So many of the newest models over the same items. */
const most = 12

/** Item vectors of the models of a workspace side by side; each is looked at once and kept by its hash. */
export function treeSpaces(
  { store }: Pick<ApiContext, 'store'>,
  open: (id: number) => OpenTree,
): (model: number) => Promise<readonly SpaceRow[]> {
  const kept = new Map<string, Space | null>()

  function spaceOf({ id, hash }: ModelRow): Space | null {
    const earlier = kept.get(hash)
    if (earlier !== undefined) return earlier
    const { spec, itemIds, itemVectors, reconstruction, tree, under } = open(id)
    const space = itemVectors && {
      spec,
      itemIds,
      items: itemVectors.items,
      figures: spaceFigures(itemVectors),
      reconstruction,
      balance: treeBalance(tree, under).score,
    }
    kept.set(hash, space)
    return space
  }

  return async (model) => {
    const chosen = store.models.row(model)
    if (!chosen) throw new RpcError('NOT_FOUND', `there is no model ${model}`)
    const own = spaceOf(chosen)
    if (!own) return []
    const rows: SpaceRow[] = []
    const others = store.models.list().filter(({ kind, id }) => kind === 'tpgr' && id !== model)
    for (const row of [chosen, ...others]) {
      if (rows.length === most) break
      await nextTurn() // each may take a tenth of a second the first time
      const space = spaceOf(row)
      if (!space || !sameItems(own, space)) continue
      const { figures, spec, reconstruction, balance } = space
      const share = (n: number) => figures.spectrum.subarray(0, n).reduce((sum, x) => sum + x, 0)
      rows.push({
        row,
        spec,
        width: figures.width,
        reconstruction,
        first: share(1),
        eight: share(8),
        effectiveWidth: figures.effectiveWidth,
        agreement: neighbourAgreement(own.figures, figures),
        balance,
        seconds: secondsOf(row),
      })
    }
    return rows
  }

  /** Of the whole training, waiting and pauses included. */
  function secondsOf({ provenance }: ModelRow): number | null {
    if (!('study' in provenance) || provenance.imported) return null
    const study = store.studies.get(provenance.study)
    if (study?.kind !== 'training' || !study.finishedAt) return null
    return (Date.parse(study.finishedAt) - Date.parse(study.createdAt)) / 1000
  }
}

function sameItems(a: Space, b: Space): boolean {
  if (a.items !== b.items) return false
  if (!a.itemIds || !b.itemIds) return a.itemIds === b.itemIds
  const { itemIds } = b
  return a.itemIds.every((id, item) => id === itemIds[item])
}
