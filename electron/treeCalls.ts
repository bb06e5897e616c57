import type { contract, ModelRow } from '#core/contract'
import { decisionPath } from '#core/largeAction/tpgr/decisionPath'
import { TpgrSpec } from '#core/largeAction/trainParams'
import { RpcError } from '#core/rpc/rpcError'
import type { Handlers } from '#core/rpc/serve'
import { itemName } from '#core/tree/inspectedTree'
import { nodePage } from '#core/tree/nodePage'
import { pathOf } from '#core/tree/nodePath'
import type { DecisionView, TreeCurve, TreeDetail } from '#core/largeAction/tpgr/treeAnswers'
import { treeComparison } from '#core/tree/treeComparison'
import type { ApiContext } from './api.ts'
import { openTrees, type OpenTree, type TreePolicy } from './openTrees.ts'

type All = Handlers<typeof contract>
type TreeName = Extract<keyof All, `trees.${string}`>

/** Items of a decision's list, and children that are listed at each of its levels. */
const top = 10
const listed = 6

/** The part of the API that is about the trees of trained policies. */
export function treeCalls(context: ApiContext): Pick<All, TreeName> {
  const { store } = context
  const open = openTrees(context)
  const detail = (tree: OpenTree): TreeDetail => {
    const { row, spec, parameters, itemIds } = tree
    const hasIds = itemIds !== null
    return { ...tree.facts(), row, spec, parameters, hasIds, curve: curveOf(row) }
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
    'trees.decision': async ({ model, start, step, choice }) => {
      const tree = open(model)
      const policy = await tree.policy()
      const number = startOf(policy, start)
      const { sampling } = tree.spec.agent
      const question = { start: number, step, choice, top, listed }
      const decision = known('step', () =>
        decisionPath(policy.network, policy.world, sampling, question),
      )
      const name = (item: number) => itemName(tree, item)
      const { starts, horizon } = policy.world
      const isUser = tree.spec.world.kind !== 'itemToItem'
      return {
        ...decision,
        startKind: isUser ? 'user' : 'item',
        start: policy.userIds[number] ?? String(number),
        starts: isUser ? starts.train.length + starts.test.length : starts.train.length,
        heldBack: isUser && starts.test.includes(number),
        step,
        horizon,
        history: decision.history.map((shown) => ({ ...shown, item: name(shown.item) })),
        item: name(decision.item),
        top: decision.top.map((shown) => ({ ...shown, item: name(shown.item) })),
      } satisfies DecisionView
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

/** @throws RpcError `BAD_INPUT` for a start that the world does not have */
function startOf({ world, userIds }: TreePolicy, start: string | null): number {
  const { train, test } = world.starts
  if (start === null) return test[0]!
  const number = userIds.length > 0 ? userIds.indexOf(start.trim()) : Number(start)
  if (train.includes(number) || test.includes(number)) return number
  const range = userIds.length > 0 ? '' : `; they are numbered from 0 to ${startCount(world) - 1}`
  const message = `there is no user "${start}" in ${world.label}${range}`
  throw new RpcError('BAD_INPUT', message, [{ path: 'start', message }])
}

const startCount = ({ starts }: TreePolicy['world']): number =>
  new Set([...starts.train, ...starts.test]).size

/** An answer, or what does not fit as a problem of the field. */
function known<T>(path: string, answer: () => T): T {
  try {
    return answer()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RpcError('BAD_INPUT', error.message, [{ path, message: error.message }])
  }
}
