// npm run study [-- --ratings FILE] [--seeds N]: what the DRN learner reaches on real ratings.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { selectOps } from '#core/compute/selectOps'
import { parseRatings } from '#core/dataset/parseRatings'
import { runExperiment } from '#core/run/runExperiment'
import { armIds, type ArmId, type RunSummary } from '#core/run/summary'
import { samples } from '#core/samples/index'
import { seedInterval } from '#core/stats/seedInterval'

const names: Readonly<Record<ArmId, string>> = {
  served: 'interleaved list, as served',
  q: 'Q, learnt',
  explore: 'explore network Q̃',
  random: 'random',
  popularity: 'popularity',
  staticBest: 'static best list',
  greedyMf: 'greedy matrix factorisation, learning',
  untrained: 'the same network, untrained',
  oracle: 'oracle (not achievable)',
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const { values } = parseArgs({
  options: {
    ratings: { type: 'string', default: at('../../../shared/data/ml-100k/u.data') },
    seeds: { type: 'string', default: '5' },
  },
})
async function study(file: string, seeds: number): Promise<void> {
  await tf.setBackend('wasm')
  await tf.ready()
  const parser = parseRatings()
  parser.push(readFileSync(file))
  const ratings = parser.finish().table
  const { ops } = selectOps()
  const { spec } = samples.movielens
  const summaries: RunSummary[] = []
  for (let seed = 1; seed <= seeds; seed++) {
    const input = { spec, seed, ops, backend: `wasm/${ops.id}`, ratings, checkpoint: null }
    for await (const step of runExperiment(input)) {
      if (step.type === 'finished') summaries.push(step.summary)
    }
    const { verdict, digest } = summaries[summaries.length - 1]!
    console.log(`seed ${seed}: ${verdict.state}, digest ${digest.slice(0, 12)}`)
  }
  const page = pageOf(summaries)
  writeFileSync(at('../../docs/study-ratings.md'), page)
  console.log(page)
}

const rate = (id: ArmId) => (summary: RunSummary) =>
  summary.arms.find((arm) => arm.id === id)!.ctr.value!
const percent = (x: number) => `${(100 * x).toFixed(2)} %`
const signed = (x: number) => (x < 0 ? `−${percent(-x)}` : `+${percent(x)}`)

function pageOf(summaries: readonly RunSummary[]): string {
  const q = summaries.map(rate('q'))
  const rows = armIds.map((id) => {
    const own = seedInterval(summaries.map(rate(id)))
    const gap = seedInterval(summaries.map((summary, i) => q[i]! - rate(id)(summary)))
    const interval = (mean: number, half: number, show: (x: number) => string) =>
      `${show(mean)} (${show(mean - half)} to ${show(mean + half)})`
    const difference = id === 'q' ? '' : interval(gap.mean, gap.half, signed)
    return `| ${names[id]} | ${interval(own.mean, own.half, percent)} | ${difference} |`
  })
  const { impressions, users } = summaries[0]!
  return `# DRN on real ratings

Written by \`npm run study\`: the sample \`movielens\` on MovieLens 100K (943 users, 1,682 items; the
earlier half of each user's ratings is visible, the later half is the truth that clicks follow),
seeds 1 to ${summaries.length}, about ${Math.round(impressions / 1000)},000 impressions and ${users} users each. Expected clicks per
shown item under the position-based click model; 95 % t intervals over seeds. The difference is
paired: all policies meet the same requests.

| policy | CTR (95 % interval) | Q less this policy |
|---|---|---|
${rows.join('\n')}

Verdicts of the duels: ${summaries.map(({ verdict }) => verdict.state).join(', ')}.

What this can not show: an item without a rating counts as unattractive (attraction .05), so a policy
is also rewarded for finding items that people rate at all. Ratings say nothing about long-term
effects.
`
}

if (existsSync(values.ratings)) await study(values.ratings, Number(values.seeds))
else console.log(`skipped: ${values.ratings} is not there; name a ratings file with --ratings`)
