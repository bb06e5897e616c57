import type { DecisionJob } from '#core/jobContract'
import { openWorld } from '#core/largeAction/openWorld'
import { decisionView, type TreePolicy } from '#core/largeAction/tpgr/decisionView'
import { openTree } from '#core/largeAction/tpgr/openTree'
import { loadTpgr } from '#core/largeAction/tpgr/tpgrModel'
import type { DecisionView } from '#core/largeAction/tpgr/treeAnswers'
import type { SavedModel } from '#core/model/savedModel'
import { RpcError } from '#core/rpc/rpcError'
import { datasetOf } from './datasetOf.ts'

/** Numbers of arena for one episode at a time. */
const work = 100_000

/** Decisions of one policy at a time, which is kept with the world that it was trained in. */
export function decisionJob() {
  let kept: { readonly hash: string; readonly policy: Promise<TreePolicy> } | null = null

  function policyOf(job: DecisionJob): Promise<TreePolicy> {
    if (kept?.hash === job.hash) return kept.policy
    if (!job.model) throw new RpcError('WRONG_STATE', 'the process does not keep this policy')
    const next = { hash: job.hash, policy: open(job.model, job) }
    kept = next
    next.policy.catch(() => {
      if (kept === next) kept = null
    })
    return next.policy
  }

  return async (job: DecisionJob): Promise<DecisionView> => {
    const policy = await policyOf(job)
    return decisionView(policy, job)
  }
}

async function open(model: SavedModel, { seed, dataset }: DecisionJob): Promise<TreePolicy> {
  const { spec, itemIds } = openTree(model)
  const { ratings } = await datasetOf(dataset, 'ratings')
  const { network } = loadTpgr(model, work)
  const { world } = openWorld(spec.world, ratings, seed)
  return { network, world, spec, itemIds, userIds: ratings?.userIds ?? [] }
}
