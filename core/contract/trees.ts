import { z } from 'zod'
import type {
  DecisionView,
  SpaceRow,
  TreeDetail,
  TreeRow,
  TreesCompared,
} from '../largeAction/tpgr/treeAnswers.ts'
import { call } from '../rpc/contract.ts'
import type { NodePage } from '../tree/nodePage.ts'
import { nodeOrders, type NodeWindow } from '../tree/nodeWindow.ts'
import type { TreeChange } from '../tree/treeChange.ts'
import { ModelId, model, none } from './ids.ts'

/** The trees of tree-structured models. */
export const treeCalls = {
  /** Models that hold a tree, newest first. */
  'trees.list': call(none, z.custom<TreeRow[]>()),
  'trees.get': call(model, z.custom<TreeDetail>()),
  /** A node by its children from the root down ('7.3'; '' is the root), and one level below. */
  'trees.node': call(model.extend({ path: z.string().max(200) }), z.custom<NodePage>()),
  /** Children of a node from one place of an order on: a node may have more than its page holds. */
  'trees.rows': call(
    model.extend({
      path: z.string().max(200),
      by: z.enum(nodeOrders),
      falling: z.boolean(),
      first: z.int().min(0),
      count: z.int().min(1).max(500),
    }),
    z.custom<NodeWindow>(),
  ),
  /** What a tree would be like if items came and went without a rebuild. */
  'trees.change': call(
    model.extend({
      remove: z.array(z.string().max(200)).max(10_000),
      add: z
        .array(
          z.union([
            z.strictObject({ like: z.array(z.string().max(200)).min(1).max(100) }),
            z.strictObject({ vector: z.array(z.number()).min(1).max(4096) }),
          ]),
        )
        .max(1000),
    }),
    z.custom<TreeChange>(),
  ),
  /** One decision for a user (or a start of world B) after so many others of his. */
  'trees.decision': call(
    model.extend({
      /** Id of the user in the dataset, or his number; null: the first one held back. */
      start: z.string().max(200).nullable(),
      step: z.int().min(0).max(1000),
      choice: z.enum(['argmax', 'sample']),
    }),
    z.custom<DecisionView>(),
  ),
  /** The path to an item, by its id in the dataset or its number. */
  'trees.locate': call(model.extend({ item: z.string().max(200) }), z.string()),
  /** Item vectors of the newest trees over the items of one, beside its own. */
  'trees.spaces': call(model, z.custom<readonly SpaceRow[]>()),
  'trees.compare': call(z.strictObject({ a: ModelId, b: ModelId }), z.custom<TreesCompared>()),
} as const
