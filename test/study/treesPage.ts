import type { EpisodeFigures } from '#core/episode/evaluateEpisodes'
import { seedInterval } from '#core/stats/seedInterval'
import type { ArmRun } from './trees.ts'
import { treesArms } from './treesArms.ts'

type Figure = (run: ArmRun) => number | null

const last = ({ report }: ArmRun) => report.points[report.points.length - 1]!
const argmax =
  (name: keyof EpisodeFigures): Figure =>
  (run) =>
    last(run).argmax[name]
const sampled =
  (name: keyof EpisodeFigures): Figure =>
  (run) =>
    last(run).sampled?.[name] ?? null
const gauge =
  (name: string): Figure =>
  (run) =>
    last(run).gauges[name] ?? null
const baseline =
  (id: string, name: keyof EpisodeFigures = 'raw'): Figure =>
  ({ report }) =>
    report.baselines.find((one) => one.id === id)?.figures[name] ?? null

/** Mean over seeds with its 95 % t interval; a dash where nothing was measured. */
function cell(runs: readonly ArmRun[], figure: Figure, digits = 3): string {
  const values = runs.map(figure).filter((value) => value !== null)
  if (values.length === 0) return '–'
  const text = (x: number) => x.toFixed(digits).replace('-', '−')
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  if (values.length < 2) return text(mean)
  return `${text(mean)} ± ${text(seedInterval(values).half)}`
}

interface Column {
  readonly head: string
  readonly figure: Figure
  readonly digits?: number
}

const intro = `# Trees, neighbours and the matrix policy

Written by \`npm run study:trees\`. A seed draws the split of the users, the initial weights and all episodes;
± is the half-width of a 95 % t interval over seeds. Test users are never learnt from. Reward is per step, scale
1 to 5 → −1 to +1, unrated items 0. Processor seconds are of one busy core: compare them with each other.`

/** A part of the page, written anew only when its arms have been run with all their seeds: else it stays as it was. */
interface Section {
  readonly heading: string
  /** Arms that its words speak of; rows of a table whose arm was not run are kept one by one. */
  readonly arms: readonly string[]
  readonly text: () => string
}

interface StudyPage {
  readonly text: string
  /** Sections that were kept, and the runs that they lack. */
  readonly kept: readonly { readonly heading: string; readonly lacks: readonly string[] }[]
}

/**
 * What the learning studies of large action spaces found, as docs/study-trees.md.
 * @param earlier the page as it stands
 */
export function treesPage(runs: readonly ArmRun[], earlier: string): StudyPage {
  const kept: StudyPage['kept'][number][] = []
  const parts = sections(runs, earlier).map(({ heading, arms, text }) => {
    const lacks = treesArms
      .filter(({ id }) => arms.includes(id))
      .map(({ id, seeds }) => {
        const has = (seed: number) => runs.some((run) => run.arm === id && run.seed === seed)
        return { id, open: seeds.filter((seed) => !has(seed)) }
      })
      .filter(({ open }) => open.length > 0)
      .map(({ id, open }) => `${id} (seeds ${open.join(', ')})`)
    if (lacks.length === 0) return `${heading}\n\n${text().trim()}`
    kept.push({ heading, lacks })
    return earlierSection(earlier, heading)
  })
  const open = treesArms.filter(({ id }) => !isWhole(runs, id)).map(({ id }) => id)
  const standing =
    open.length === 0
      ? ''
      : `Not run by this version, so that what the page says of them stands as an earlier run left it or is missing: ${open.join('; ')}.`
  const all = [intro, standing, ...parts].filter((part) => part !== '')
  return { text: `${all.join('\n\n')}\n`, kept }
}

/** A section of a page with its heading, up to the next one; empty when the page has none. */
function earlierSection(page: string, heading: string): string {
  const lines = page.split('\n')
  const first = lines.indexOf(heading)
  if (first < 0) return ''
  const end = lines.findIndex((line, i) => i > first && /^#{2,3} /.test(line))
  return lines
    .slice(first, end < 0 ? lines.length : end)
    .join('\n')
    .trim()
}

/** A row of a table of a page by its first cell; null when the page has none with so many cells. */
function earlierRow(page: string, name: string, cells: number): string | null {
  const row = page.split('\n').find((line) => line.startsWith(`| ${name} |`))
  return row?.split('|').length === cells + 2 ? row : null
}

/** Whether an arm was run with all its seeds. */
const isWhole = (runs: readonly ArmRun[], arm: string): boolean =>
  treesArms
    .filter(({ id }) => id === arm)
    .every(({ seeds }) =>
      seeds.every((seed) => runs.some((run) => run.arm === arm && run.seed === seed)),
    )

function sections(runs: readonly ArmRun[], earlier: string): readonly Section[] {
  const of = (arm: string) => runs.filter((run) => run.arm === arm)
  const table = (
    arms: readonly (readonly [string, string])[],
    columns: readonly Column[],
  ): string => {
    const head = ['', ...columns.map(({ head: one }) => one), 'seeds']
    const rows = arms.flatMap(([arm, name]) => {
      const kept = isWhole(runs, arm) ? null : earlierRow(earlier, name, head.length)
      if (kept !== null) return [kept]
      if (of(arm).length === 0) return []
      const cells = columns.map(({ figure, digits }) => cell(of(arm), figure, digits))
      return [`| ${[name, ...cells, of(arm).length].join(' | ')} |`]
    })
    return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows].join('\n')
  }
  const cpu: Column = { head: 'processor s', figure: ({ cpuSeconds }) => cpuSeconds, digits: 0 }
  const baselinesOf = (arm: string, ids: readonly (readonly [string, string])[]) =>
    ids.map(([id, name]) => `| ${name} | ${cell(of(arm), baseline(id))} |`).join('\n')

  return [
    {
      heading: '## TPGR in the typed-latent world',
      arms: ['latent pca', 'latent random', 'latent flat'],
      text: () => `1,000 users, 256 items, 8 types, T = 32; depth 2, 16 children; 128 episodes per update, features-only
state, 32 shared hidden units. Random, popularity and the static list stand at −0.40; only who uses the
answers gets above.

${table(
  [
    ['latent pca', 'TPGR, PCA tree, 1,100 updates'],
    ['latent random', 'TPGR, random tree, 1,100 updates'],
    ['latent flat', 'flat softmax, 400 updates'],
  ],
  [
    { head: 'sampled', figure: sampled('raw') },
    { head: 'argmax', figure: argmax('raw') },
    { head: 'P@32, sampled', figure: sampled('precision') },
    cpu,
  ],
)}

| baseline | reward per step |
|---|---|
${baselinesOf('latent pca', [
  ['random', 'random'],
  ['popularity', 'popularity'],
  ['staticBest', 'static best list'],
  ['greedySvd8', 'GreedySVD, rank 8'],
  ['greedySvd32', 'GreedySVD, rank 32'],
  ['oracle', 'oracle (not achievable)'],
])}

Clustering matters: the same learner on a shuffled tree stays behind. The tree buys decision time, not
sample efficiency, and sampled evaluation is better than argmax while the policy is uncertain, for argmax
never tries anything else inside an episode. GreedySVD is above all of them: say so.`,
    },
    {
      heading: '### The run bonus',
      arms: [],
      text: () => `α pays for answers in a row. 400 updates, sampled evaluation; differences are of the same seed.

${table(
  [
    ['bonus alpha 0', 'α 0'],
    ['bonus alpha 0.1', 'α 0.1'],
    ['bonus alpha 0.2', 'α 0.2'],
    ['users’ mean alone, alpha 0', 'α 0, users’ mean as the only baseline'],
    ['users’ mean alone, alpha 0.2', 'α 0.2, users’ mean as the only baseline'],
    ['patient alpha 0', 'α 0, γ 0.9'],
    ['patient alpha 0.2', 'α 0.2, γ 0.9'],
  ],
  [
    { head: 'longest positive run', figure: sampled('longestRun'), digits: 2 },
    { head: 'less α 0', figure: lessNoBonus(runs), digits: 2 },
    { head: 'answer per step, without the bonus', figure: sampled('raw') },
  ],
)}

An earlier version, whose only baseline was the mean over the same user's episodes at the same step, had runs
that became shorter with α (11.4, 11.2 and 10.8 at α 0, 0.1 and 0.2; three seeds). The bonus of a step is α times the run *before* it: it is earned already when the step
is decided, differs between the episodes of one user, and entered the advantage as noise that grew with α. Now what
the runs and counts of the state explain of a return is taken out of it too (least squares per batch,
\`stateBaseline\`), and only what the decision adds is left. At α 0.2 runs are longer than without it; at 0.1 no difference can be told. The effect is small, for in this world the item that is
most likely to be liked is the best answer to either aim: what α adds is the weight of long runs in the gradient.`,
    },
    {
      heading: '## TPGR on MovieLens 100K',
      arms: ['movielens heads'],
      text: () => `PCA tree, depth 2, 42 children; the split differs by seed, and with it every baseline. So compare within
the table; the differences are paired.

${table(
  [
    ['movielens heads', 'heads from item vectors, imitation, 30 updates'],
    ['movielens plain', 'from nothing, 400 updates'],
  ],
  [
    { head: 'sampled', figure: sampled('raw') },
    { head: 'argmax', figure: argmax('raw') },
    {
      head: 'sampled less static list',
      figure: (run) => sampled('raw')(run)! - baseline('staticBest')(run)!,
    },
    {
      head: 'argmax less GreedySVD 32',
      figure: (run) => argmax('raw')(run)! - baseline('greedySvd32')(run)!,
    },
    {
      head: 'sampled less GreedySVD 32',
      figure: (run) => sampled('raw')(run)! - baseline('greedySvd32')(run)!,
    },
    { head: 'P@32', figure: sampled('precision') },
    { head: 'R@32', figure: sampled('recall') },
    { head: 'F1@32', figure: sampled('f1') },
    cpu,
  ],
)}

| baseline | reward per step |
|---|---|
${baselinesOf('movielens heads', [
  ['random', 'random'],
  ['popularity', 'popularity'],
  ['staticBest', 'static best list'],
  ['greedySvd8', 'GreedySVD, rank 8'],
  ['greedySvd32', 'GreedySVD, rank 32'],
  ['oracle', 'oracle (not achievable)'],
])}

What was tried to reach GreedySVD. An earlier version imitated it for 150 updates from random heads, with its ridge
estimate of the user (rank 32) in the state and 64 shared hidden units, and then learnt from rewards: it stayed
0.019 ± 0.011 below (three seeds). Three things held it back. A head that ranks as a product of two vectors does has
weights of several units; from random ones of 0.1 Adam moves each by less than 1 in 150 steps, so that the softmax
stayed flat. The root did not know what it had used up: GreedySVD takes half of its items from one of the 42 clusters
and four fifths from three, and the best item that is left in a cluster falls with each that was shown. And the
imitation went the teacher's way, so that the policy was never taught where its own mistakes lead.

So now the heads start from the item vectors (\`headSharpness\`): the estimate is part of the state, so that the logits
within a cluster are those of GreedySVD exactly, and those of the root are the log of the sum of exp over a cluster,
linear around the mean user; the state counts what was shown under each child of the root (\`shown\`); and imitation
follows the policy's own choices the more often the longer it lasts (DAgger). With imitation alone the policy is
${cell(of('movielens heads'), (run) => run.report.points[0]!.argmax.raw - baseline('greedySvd32')(run)!)} from GreedySVD by argmax; rewards then change that by
${cell(of('movielens heads'), (run) => argmax('raw')(run)! - run.report.points[0]!.argmax.raw)}.

Rewards help little, for the vectors have seen the users that they are earned from: GreedySVD of rank 32 gets 0.312 from
training users and 0.262 from test users of seed 1, 0.310 and 0.272 of seed 2. What pays on the former is in part
what does not come back. A k-means tree of the same vectors spreads the choices over most clusters (12 % in the
largest) and starts at 0.064 before any imitation, where the PCA tree starts at 0.194 (seed 1).
`,
    },
    {
      heading: '## Wolpertinger from item to item',
      arms: ['items k 1 %', 'items k 1'],
      text: () => `500 items, 4,000 steps of 64 environments, batch 128; figures are exact, by pushing the distribution over
states forward. 100 % is the accept rate of value iteration.

${table(
  [
    ['items k 1', 'k = 1'],
    ['items k 1 %', 'k = 5 (1 %)'],
    ['items k 5 %', 'k = 25 (5 %)'],
    ['items k 10 %', 'k = 50 (10 %)'],
  ],
  [
    { head: 'share of the optimum', figure: gauge('shareOfOptimum') },
    { head: 'accept rate', figure: gauge('acceptRate') },
    { head: 'accepted per episode', figure: gauge('perEpisode'), digits: 2 },
    { head: 'proto-action gap', figure: gauge('protoDistance'), digits: 2 },
    cpu,
  ],
)}

The gap is the distance from the proto-action to its nearest item over the median spacing of the items: about 1
or less is healthy. k = 1 % by seed: ${bySeed(of('items k 1 %'), gauge('shareOfOptimum'))};
the first five, which were run first, give ${cell(
        of('items k 1 %').filter(({ seed }) => seed <= 5),
        gauge('shareOfOptimum'),
      )}. ${lessOnePercent(runs)}What k buys is had by 1 %; what it costs grows on.`,
    },
    {
      heading: '### What keeps the proto-action near items',
      arms: ['items nnLoss', 'items no cure'],
      text: () => `k = 1 %. The length is that of the actor's output before it is brought to 1, where that is the cure; the loss at the
nearest item is (Q(s, â) − Q(s, 1NN(â)))².${isWhole(runs, 'items clustered') ? ' The last row searches only\nthe four clusters whose mean is nearest.' : ''}

${table(
  [
    ['items k 1 %', 'unit length (default)'],
    ['items nnLoss', 'loss at the nearest item'],
    ['items no cure', 'nothing'],
    ['items clustered', 'unit length, search by clusters'],
  ],
  [
    { head: 'share of the optimum', figure: gauge('shareOfOptimum') },
    { head: 'proto-action gap', figure: gauge('protoDistance'), digits: 2 },
    { head: 'length of the output', figure: gauge('protoLength'), digits: 2 },
    { head: 'loss at the nearest', figure: gauge('nearestLoss'), digits: 4 },
    { head: 'distinct items', figure: gauge('distinctShare') },
    cpu,
  ],
)}`,
    },
    {
      heading: '## The matrix policy with a limit on exposure',
      arms: ['fcpo constrained'],
      text: () => `MovieLens 100K, lists of 5, 4 lists per user, 160 updates of 200 users, α = 1: popular items (the fifth with
the most interactions) may fill half of the places. Half of a test user's liked items is given, the other
half is to be found in one list of 20. "Drawn" are the lists that training users get while the policy learns,
a mean over the last 40 updates; "served" are the lists of the policy's mean, which a saved model shows, to the
test users it never met.

${table(
  [
    ['fcpo constrained', 'CPO'],
    ['fcpo unconstrained', 'TRPO, no limit'],
  ],
  [
    { head: 'cost of a trajectory, drawn', figure: gauge('cost'), digits: 2 },
    { head: 'served', figure: gauge('servedCost'), digits: 2 },
    { head: 'limit', figure: gauge('costLimit'), digits: 2 },
    { head: 'popular share of lists', figure: gauge('popularRate') },
    { head: 'Recall@20', figure: gauge('recall@20') },
    { head: 'NDCG@20', figure: gauge('ndcg@20') },
    { head: 'Gini of exposure', figure: argmax('gini') },
    { head: 'largest KL (limit 0.5)', figure: largestKl },
    cpu,
  ],
)}

${constraintBySeed(of('fcpo constrained'))}

${fairnessCost(runs)}Before training
the popular share is
${cell(of('fcpo constrained'), ({ report }) => report.points[0]!.gauges['popularRate'] ?? null)}, NDCG@20 ${cell(of('fcpo constrained'), ({ report }) => report.points[0]!.gauges['ndcg@20'] ?? null)}.
Of lists without learning, NDCG aside, precision is ${cell(of('fcpo constrained'), baseline('popularity', 'precision'))} by popularity and
${cell(of('fcpo constrained'), baseline('random', 'precision'))} at random.

An earlier version of the update stayed above its limit (10.5 after 160 updates). s = bᵀH⁻¹b, which says how far
a step can lower the cost, was taken from one batch, whose noise adds its own square: only about a twentieth of the
promised fall came true, the closed form never saw that the limit was out of reach, and it never recovered. Now two
halves of the batch say which share of s they agree on, and the step asks for as much more; where they agree on
nothing it recovers. Both the drawn lists and those of the mean are held to the limit by the one-sided 95 % bound of
the batch's users, not by their mean: when a single standard error was the margin, two of three seeds had bounds for
test users above the limit (9.98 and 9.97 against 9.85).`,
    },
  ]
}
/** The longest run of an arm with a bonus less that of the arm without, same seed; none for that one itself. */
function lessNoBonus(runs: readonly ArmRun[]): Figure {
  return (run) => {
    const arm = run.arm.replace(/ 0\.\d$/, ' 0')
    const without = runs.find((other) => other.arm === arm && other.seed === run.seed)
    const [a, b] = [sampled('longestRun')(run), without && sampled('longestRun')(without)]
    return arm === run.arm || a === null || b == null ? null : a - b
  }
}

/** The largest divergence of any update of a run. */
function largestKl({ report }: ArmRun): number {
  return Math.max(...report.points.map(({ gauges }) => gauges['klMost'] ?? 0))
}

/** The served cost of each seed, and up to where chance among the test users leaves it open. */
function constraintBySeed(runs: readonly ArmRun[]): string {
  const costs = runs.toSorted((a, b) => a.seed - b.seed).map((run) => last(run).gauges)
  const within = costs.filter(({ servedCost, costLimit }) => servedCost! <= costLimit!).length
  const list = costs.map(({ servedCost, servedCostSe }, i) => {
    const upper = servedCost! + 1.645 * servedCostSe!
    return `${servedCost!.toFixed(2)} (seed ${i + 1}; up to ${upper.toFixed(2)})`
  })
  return `Served cost by seed: ${list.join(', ')}: within the limit in ${within} of ${costs.length}. In brackets the one-sided
95 % bound for other test users like these, of whom a seed has fewer than 200.`
}

/** What the limit takes from lists, where both arms were run; a row of an earlier run has no pairs. */
function fairnessCost(runs: readonly ArmRun[]): string {
  if (!isWhole(runs, 'fcpo unconstrained')) return ''
  const of = (arm: string) => runs.filter((run) => run.arm === arm)
  const less = (figure: Figure) =>
    pairedCell(of('fcpo constrained'), of('fcpo unconstrained'), figure)
  return `What fairness costs, CPO less TRPO of the same seed: Recall@20 ${less(gauge('recall@20'))},
NDCG@20 ${less(gauge('ndcg@20'))}, Gini of exposure ${less(argmax('gini'))}. `
}

/** What more neighbours give over k = 1 % of the same seed, of the arms that were run. */
function lessOnePercent(runs: readonly ArmRun[]): string {
  const of = (arm: string) => runs.filter((run) => run.arm === arm)
  const share = gauge('shareOfOptimum')
  const parts = ['k 1', 'k 5 %', 'k 10 %']
    .filter((k) => isWhole(runs, `items ${k}`))
    .map((k) => `${pairedCell(of(`items ${k}`), of('items k 1 %'), share)} at k = ${k.slice(2)}`)
  return parts.length === 0
    ? ''
    : `Less k = 1 % of the same seed, the share of the optimum is ${parts.join(', ')}. `
}

/** A figure of each seed, in the order of the seeds. */
function bySeed(runs: readonly ArmRun[], figure: Figure): string {
  const ordered = runs.toSorted((a, b) => a.seed - b.seed)
  return ordered.map((run) => figure(run)?.toFixed(3) ?? '–').join(', ')
}

/** Mean difference of runs with the same seed, with its 95 % t interval. */
function pairedCell(runs: readonly ArmRun[], others: readonly ArmRun[], figure: Figure): string {
  const pairs = runs.filter(({ seed }) => others.some((other) => other.seed === seed))
  return cell(pairs, (run) => {
    const [a, b] = [figure(run), figure(others.find(({ seed }) => seed === run.seed)!)]
    return a === null || b === null ? null : a - b
  })
}
