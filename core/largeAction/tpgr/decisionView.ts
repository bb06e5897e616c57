import type { EpisodicWorld } from '#core/episode/episodicWorld'
import { RpcError } from '#core/rpc/rpcError'
import { itemName } from '#core/tree/inspectedTree'
import type { TpgrSpec } from '../trainParams.ts'
import { decisionPath } from './decisionPath.ts'
import type { PathNetwork } from './pathNetwork.ts'
import type { DecisionView } from './treeAnswers.ts'

/** A policy and the world it was trained in, opened once and asked often. */
export interface TreePolicy {
  readonly network: PathNetwork
  readonly world: EpisodicWorld
  readonly spec: TpgrSpec
  readonly itemIds: Int32Array | null
  readonly userIds: readonly string[]
}

/** One decision that is asked for. */
interface DecisionAsked {
  /** Id of the user in the dataset, or his number; null: the first one held back. */
  readonly start: string | null
  readonly step: number
  readonly choice: 'argmax' | 'sample'
}

/** Items of a decision's list, and children that are listed at each of its levels. */
const top = 10
const listed = 6

/** @throws RpcError `BAD_INPUT` for a start or a step that the world does not have */
export function decisionView(policy: TreePolicy, asked: DecisionAsked): DecisionView {
  const { network, world, spec, userIds } = policy
  const { step, choice } = asked
  const number = startOf(policy, asked.start)
  const question = { start: number, step, choice, top, listed }
  const decision = known('step', () => decisionPath(network, world, spec.agent.sampling, question))
  const name = (item: number) => itemName(policy, item)
  const { starts, horizon } = world
  const isUser = spec.world.kind !== 'itemToItem'
  return {
    ...decision,
    startKind: isUser ? 'user' : 'item',
    start: userIds[number] ?? String(number),
    starts: isUser ? starts.train.length + starts.test.length : starts.train.length,
    heldBack: isUser && starts.test.includes(number),
    step,
    horizon,
    history: decision.history.map((shown) => ({ ...shown, item: name(shown.item) })),
    item: name(decision.item),
    top: decision.top.map((shown) => ({ ...shown, item: name(shown.item) })),
  }
}

function startOf({ world, userIds }: TreePolicy, start: string | null): number {
  const { train, test } = world.starts
  if (start === null) return test[0]!
  const number = userIds.length > 0 ? userIds.indexOf(start.trim()) : Number(start)
  if (train.includes(number) || test.includes(number)) return number
  const range = userIds.length > 0 ? '' : `; they are numbered from 0 to ${startCount(world) - 1}`
  const message = `there is no user "${start}" in ${world.label}${range}`
  throw new RpcError('BAD_INPUT', message, [{ path: 'start', message }])
}

const startCount = ({ starts }: EpisodicWorld): number =>
  new Set([...starts.train, ...starts.test]).size

/** An answer, or what does not fit as a problem of the field. */
export function known<T>(path: string, answer: () => T): T {
  try {
    return answer()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RpcError('BAD_INPUT', error.message, [{ path, message: error.message }])
  }
}
