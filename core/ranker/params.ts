import { z } from 'zod'
import { AgentSpec } from '#core/agent/params'
import { ModelHash } from '#core/model/savedModel'

const label = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .optional()
  .describe('name in sentences, charts and reports; the kind when it is left out')

const ranker = <K extends string>(kind: K) => z.strictObject({ kind: z.literal(kind), label })

/** Who may stand in a `duel` or a `split`; the first of a spec is side A, the one to beat. */
export const RankerSpec = z.discriminatedUnion('kind', [
  // pre-trained and then trained by its own major updates
  z.strictObject({
    kind: z.literal('learner'),
    label,
    agent: AgentSpec.optional().describe(
      'a learner of its own; without it the ranker is the spec’s agent, which all such rankers share',
    ),
  }),
  ranker('frozen'), // the same network after pre-training, never changed
  ranker('untrained'), // the same network with its initial weights
  // a saved model, which ranks greedily and does not learn from the run
  z.strictObject({
    kind: z.literal('model'),
    label,
    model: ModelHash.describe(
      'hash of a model of the workspace; its number or its name stands for it where a spec is checked',
    ),
  }),
  ranker('factors'), // dot product of visible user and item vectors: greedy matrix factorisation
  ranker('popularity'),
  ranker('staticBest'),
  ranker('random'),
])
export type RankerSpec = z.output<typeof RankerSpec>
export type RankerKind = RankerSpec['kind']

/** Side A and at most five challengers: a list of ten slots says little about more. */
export const mostRankers = 6
