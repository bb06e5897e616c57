import { isFile, readJson } from './readJson.ts'

/**
 * A kind by its name, `learner=ftrl`, `saved=` and the name or number of a model, or what a file says: a
 * policy, or probabilities by action.
 */
export async function readPolicy(policy: string): Promise<unknown> {
  if (isFile(policy)) {
    const content = await readJson(policy, 'a policy')
    const isPolicy = typeof content === 'object' && content !== null && 'kind' in content
    return isPolicy ? content : { kind: 'table', probabilities: content }
  }
  const [, kind = policy, which] = /^(learner|saved)=(.*)$/.exec(policy) ?? []
  if (which === undefined) return { kind }
  return kind === 'learner' ? { kind, agent: { kind: which } } : { kind, model: which }
}
