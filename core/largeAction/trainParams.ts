import { z } from 'zod'
import { RepresentationParams } from '#core/itemSpace/params'
import { splitIds } from '#core/tree/index'
import { FcpoParams } from './fcpo/params.ts'
import { TpgrParams } from './tpgr/params.ts'
import { WolpertingerParams } from './wolpertinger/params.ts'
import { TrainingWorld } from './worldParams.ts'

const evaluation = {
  evaluateEvery: z.int().min(1).max(1_000_000).default(25).describe('updates from point to point'),
  evaluationUsers: z
    .int()
    .min(2)
    .max(10_000)
    .default(500)
    .describe('test users of each evaluation, at most'),
}

const TreeParams = z.strictObject({
  depth: z.int().min(1).max(8).default(2).describe('decisions per item; 1 is a flat softmax'),
  split: z
    .enum(splitIds)
    .default('pca')
    .describe('how a node’s items are dealt to its children; random is the ablation'),
})

export const TpgrSpec = z.strictObject({
  kind: z.literal('tpgr'),
  world: TrainingWorld,
  representation: RepresentationParams.default({ kind: 'rating', width: 64 }),
  tree: TreeParams.prefault({}),
  agent: TpgrParams.prefault({}),
  ...evaluation,
})
export type TpgrSpec = z.output<typeof TpgrSpec>

export const WolpertingerSpec = z.strictObject({
  kind: z.literal('wolpertinger'),
  world: TrainingWorld,
  representation: RepresentationParams.default({ kind: 'content' }),
  agent: WolpertingerParams.prefault({}),
  ...evaluation,
})
export type WolpertingerSpec = z.output<typeof WolpertingerSpec>

export const FcpoSpec = z.strictObject({
  kind: z.literal('fcpo'),
  world: TrainingWorld,
  agent: FcpoParams.prefault({}),
  ...evaluation,
})
export type FcpoSpec = z.output<typeof FcpoSpec>

/** What the study kind `training` computes: an agent for many items, trained in an episodic world. */
export const TrainSpec = z.discriminatedUnion('kind', [TpgrSpec, WolpertingerSpec, FcpoSpec])
export type TrainSpec = z.output<typeof TrainSpec>
