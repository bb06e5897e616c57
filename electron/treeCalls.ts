import type { contract } from '#core/contract'
import type { ModelRow } from '#core/contract/models'
import { known } from '#core/largeAction/tpgr/decisionView'
import { TpgrSpec } from '#core/largeAction/trainParams'
import type { SavedModel } from '#core/model/savedModel'
import { RpcError } from '#core/rpc/rpcError'
import type { Handlers } from '#core/rpc/serve'
import { nodePage } from '#core/tree/nodePage'
import { nodeAt, pathOf } from '#core/tree/nodePath'
import { nodeWindow } from '#core/tree/nodeWindow'
import type { TreeCurve, TreeDetail } from '#core/largeAction/tpgr/treeAnswers'
import { treeChange } from '#core/tree/treeChange'
import { treeComparison } from '#core/tree/treeComparison'
import type { ApiContext } from './api.ts'
import { openTrees, type OpenTree } from './openTrees.ts'
import { treeSpaces } from './treeSpaces.ts'

type All = Handlers<typeof contract>
type TreeName = Extract<keyof All, `trees.${string}`>

/** The part of the API that is about the trees of trained policies. */
export function treeCalls(context: ApiContext): Pick<All, TreeName> {
  const { store, folder, side } = context
  const open = openTrees(context)
  const spaces = treeSpaces(context, open)
  const detail = (tree: OpenTree): TreeDetail => {
    const { row, spec, parameters, itemIds } = tree
    const hasIds = itemIds !== null
    return { ...tree.facts(), row, spec, parameters, hasIds, curve: curveOf(row) }
  }
  const contentOf = (id: number): SavedModel => {
    const content = store.models.content(id)
    if (!content) throw new RpcError('NOT_FOUND', `there is no model ${id}`)
    return content
  }
  const curveOf = ({ provenance }: ModelRow): TreeCurve | null => {
    if (!('study' in provenance) || provenance.imported) return null
    const study = store.studies.get(provenance.study)
    if (study?.kind !== 'training' || study.seed !== provenance.seed) return null
    const { report } = study
    if (report?.kind !== 'tpgr') return null
    const points = report.points.map(({ update, argmax, sampled }) => ({ update, argmax, sampled }))
    return { points, baselines: report.baselines }
  }
  return {
    'trees.list': () =>
      store.models
        .list()
        .filter(({ kind }) => kind === 'tpgr')
        .map((row) => ({ row, spec: TpgrSpec.safeParse(row.provenance.spec).data ?? null })),
    'trees.get': ({ model }) => detail(open(model)),
    'trees.node': ({ model, path }) => known('path', () => nodePage(open(model), path)),
    'trees.rows': ({ model, path, ...asked }) =>
      known('path', () => {
        const tree = open(model)
        return nodeWindow(tree, nodeAt(tree.tree, path), asked)
      }),
    'trees.change': ({ model, ...changed }) => {
      const tree = open(model)
      if (!tree.itemVectors) {
        throw new RpcError(
          'WRONG_STATE',
          `model ${model} was saved without the vectors of its items: train it again`,
        )
      }
      const { itemVectors } = tree
      return known('items', () => treeChange(tree, itemVectors, changed))
    },
    'trees.decision': ({ model, start, step, choice }) => {
      const { row, spec } = open(model)
      const { seed, dataset: hash } = row.provenance
      const { world } = spec
      const dataset = world.kind === 'ratings' ? folder.file(world.dataset, hash ?? '') : null
      const job = { hash: row.hash, seed, dataset, start, step, choice }
      return side.decide(job, () => contentOf(model))
    },
    'trees.locate': ({ model, item }) => {
      const { tree, itemIds } = open(model)
      const wanted = /^\d{1,10}$/.test(item.trim()) ? Number(item) : -1
      const number = itemIds ? itemIds.indexOf(wanted) : wanted
      const slot = tree.slotOf[number] ?? -1
      if (slot >= 0) return pathOf(tree, { level: tree.depth, node: slot })
      const message = `the tree holds no item "${item}"`
      throw new RpcError('BAD_INPUT', message, [{ path: 'item', message }])
    },
    'trees.spaces': ({ model }) => spaces(model),
    'trees.compare': ({ a, b }) => {
      if (a === b) {
        const message = 'choose two different models to compare'
        throw new RpcError('BAD_INPUT', message, [{ path: 'b', message }])
      }
      const [first, second] = [open(a), open(b)]
      return { ...treeComparison(first, second), sides: [detail(first), detail(second)] }
    },
  }
}
