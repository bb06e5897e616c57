const rows: readonly (readonly [statement: string, where: string])[] = [
  ['no drift: ε-greedy costs clicks', 'Acceptance, first group: greedy − eps'],
  ['no drift: DBGD `step` costs under 1 % relative', 'the same group: step ÷ greedy'],
  [
    '`replace` at M = 1 degrades',
    'the same group: eps − replace; [questions](study-questions.md), Step, printed, replace',
  ],
  [
    '`printed` inflates norms, and the guard reports it',
    'Acceptance, norms; in a run the guard is an event of its own',
  ],
  [
    'drift and jump: minor updates alone barely follow',
    'Questions: minor updates alone; last 500 of the second table',
  ],
  [
    'gradient learners recover within 300 requests',
    'second table, rows SGD: “300 after” against “500 before half time”; greedy beside them does not',
  ],
  ['more directions help DBGD', 'Acceptance, order; Questions, equal traffic: mgd9 − additive1'],
  [
    'a longer duel helps',
    'Questions, how long: without drift at the same step, and under drift where it lets steps be wide (the pair of the specification’s table). At the same step drift lets M grow to 2; M 20 and M 100 are too slow, see there why',
  ],
  [
    'DDQN beats DN only where the future depends on today’s list, and not with boredom and returns off',
    '[questions](study-questions.md), DN against DDQN',
  ],
  [
    'tabular learners reach the known Q*',
    '`test/core/bandit/toyWorlds.test.ts`, T1 (T2 to T4 beside it)',
  ],
  ['REINFORCE’s gradient equals finite differences on four items', 'the same file, T5'],
  ['the DDQN target equals DQN’s for W′ = W; V cancels', '`test/core/agent/drn.test.ts`'],
  ['activeness has its fixed point at 24 h', '`test/core/agent/activeness.test.ts`'],
  ['SAC is softmax(Q/α) exactly', '`test/core/bandit/softPolicy.test.ts`, T10'],
  [
    'linear DBGD, MGD and PDGD land where the reference does, ten times as fast',
    '[online learning to rank](study-oltr.md); rows `oltr-…` of [performance](performance.md)',
  ],
  [
    'constant `numTensors`, finite norms, one digest twice and after a resume, for every learner',
    '`test/core/agent/agents.test.ts`',
  ],
]

/** What an implementation of DRN and its rivals has to show, and where it does. */
export const whereShown = `| what must be shown | where it is |
|---|---|
${rows.map(([statement, where]) => `| ${statement} | ${where} |`).join('\n')}`
