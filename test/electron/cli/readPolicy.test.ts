import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ReplaySpec } from '#core/ope/replaySpec'
import { readPolicy } from '#electron/cli/readPolicy'

it.each([
  ['uniform', { kind: 'uniform' }],
  ['learner', { kind: 'learner', agent: { kind: 'linear' } }],
  ['learner=ftrl', { kind: 'learner', agent: { kind: 'ftrl', l1: 0.1 } }],
])('the policy %s is whole', async (written, policy) => {
  const spec = ReplaySpec.parse({ dataset: 'log', policy: await readPolicy(written) })
  expect(spec.policy).toMatchObject(policy)
})

it('a saved model is named as lists name it, whatever is in its name', async () => {
  expect(await readPolicy('saved=DDQN α=0.1')).toEqual({ kind: 'saved', model: 'DDQN α=0.1' })
})

it('a file holds a policy, or probabilities by action', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duelist-policy-'))
  try {
    const file = join(folder, 'policy.json')
    writeFileSync(file, '{"a":[0.5],"b":[0.5]}')
    expect(await readPolicy(file)).toEqual({
      kind: 'table',
      probabilities: { a: [0.5], b: [0.5] },
    })
    writeFileSync(file, '{"kind":"popularity","epsilon":0.1}')
    expect(await readPolicy(file)).toEqual({ kind: 'popularity', epsilon: 0.1 })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
