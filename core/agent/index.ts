import type { ComputeOps } from '#core/compute/ops'
import type { StreamFactory } from '#core/random/philox'
import type { Agent } from './agent.ts'
import { cellFeatures } from './cellFeatures.ts'
import { DrnAgent, type AgentWorld } from './drn.ts'
import { LinearAgent } from './linearAgent.ts'
import type { LinearRuleMaker } from './linearRule.ts'
import { actionValueRule } from './linearRules/actionValueRule.ts'
import { ftrlRule } from './linearRules/ftrlRule.ts'
import { linUcbRule } from './linearRules/linUcbRule.ts'
import { onlineSgd } from './linearRules/onlineSgd.ts'
import { pdgdRule } from './linearRules/pdgdRule.ts'
import { pairFeatures } from './pairFeatures.ts'
import type { AgentKind, AgentSpec } from './params.ts'
import { PolicyAgent } from './policyAgent.ts'
import { SacAgent } from './sacAgent.ts'

type Make<P> = (params: P, world: AgentWorld, ops: ComputeOps, stream: StreamFactory) => Agent

/** Linear in the features of a pair. */
const linear =
  <P extends AgentSpec>(rule: LinearRuleMaker<P>): Make<P> =>
  (params, world, _ops, stream) => {
    const features = pairFeatures(world.observed, world.pairWidth)
    return new LinearAgent(params.kind, params, rule(params, features), features, world, stream)
  }

/** What learns, by kind; a new learner is one file and one word here and in `params.ts`. */
const agents: { readonly [K in AgentKind]: Make<Extract<AgentSpec, { readonly kind: K }>> } = {
  drn: (params, world, ops, stream) => new DrnAgent(params, world, ops, stream),
  linear: linear(onlineSgd),
  ftrl: linear(ftrlRule),
  linUcb: linear(linUcbRule),
  pdgd: linear(pdgdRule),
  qLearning(params, world, _ops, stream) {
    const { stateBits, itemBits } = params
    const features =
      params.features === 'pair'
        ? pairFeatures(world.observed, world.pairWidth)
        : cellFeatures(world.observed, world.stateWidth, stateBits, itemBits)
    const rule = actionValueRule(params, features)
    return new LinearAgent(params.kind, params, rule, features, world, stream)
  },
  policy: (params, world, ops, stream) => new PolicyAgent(params, world, ops, stream),
  sac: (params, world, ops, stream) => new SacAgent(params, world, ops, stream),
}

/** The learner of a spec. It may own tensors: call `dispose`. */
export function createAgent(
  spec: AgentSpec,
  world: AgentWorld,
  ops: ComputeOps,
  stream: StreamFactory,
): Agent {
  // the kind chooses the maker that takes these parameters
  const make = agents[spec.kind] as Make<AgentSpec>
  return make(spec, world, ops, stream)
}
