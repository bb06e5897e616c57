import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { Cancel } from '#core/rpc/cancel'
import { RpcError } from '#core/rpc/rpcError'
import { sampleWorld, signsOf, type WorldSample } from '#core/validity/sampleWorld'
import type { ValidityCheck } from '#core/validity/validityReport'

export const worldSample = ({ spec }: { readonly spec: ExperimentSpec }): WorldSample =>
  sampleWorld(spec)

/** Gives up between two tests when nobody wants to know any more. */
export async function worldSigns(
  { spec }: { readonly spec: ExperimentSpec },
  cancel: Cancel,
): Promise<ValidityCheck[]> {
  const checks: ValidityCheck[] = []
  for (const check of signsOf(spec)) {
    checks.push(check)
    await nextTurn()
    if (cancel.aborted) throw new RpcError('CANCELLED', 'the world has changed')
  }
  return checks
}
