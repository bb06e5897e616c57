// npm run study:questions [-- --seeds 1-5 --only ID]: plays the questions and checks what they expect.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { selectOps } from '#core/compute/selectOps'
import type { ExperimentSpec } from '#core/experimentSpec'
import { runExperiment } from '#core/run/runExperiment'
import type { RunSummary } from '#core/run/summary'
import { questions, type QuestionId } from '#core/samples/questions/index'
import { specHash } from '#core/specHash'
import { freshPage, playedQuestion, playedText, questionsPage } from './questionsPage.ts'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const cache = at('.duelist/study-questions.jsonl')
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1-5' }, // settings were chosen on these; others only check
    only: { type: 'string' }, // a question; its runs are kept for later
  },
})
const [first = 1, last = first] = values.seeds.split('-').map(Number)
const seeds = Array.from({ length: last - first + 1 }, (_, i) => first + i)

/** What a run came to, by its spec and seed: an interrupted study goes on where it was. */
const known = new Map<string, RunSummary>()
const keyOf = (spec: ExperimentSpec, seed: number) => `${specHash(spec)} ${seed}`
mkdirSync(at('.duelist'), { recursive: true })
if (existsSync(cache)) {
  for (const line of readFileSync(cache, 'utf8').trim().split('\n')) {
    const { key, summary } = JSON.parse(line) as { key: string; summary: RunSummary }
    known.set(key, summary)
  }
}

await tf.setBackend('wasm')
await tf.ready()
const { ops } = selectOps()
const ids = (Object.keys(questions) as QuestionId[]).filter(
  (id) => values.only === undefined || id === values.only,
)
for (const seed of seeds) for (const id of ids) await play(id, seed)
if (first !== 1) writeFresh()
else if (values.only === undefined && seeds.length > 1) writePages() // one seed has no interval

/** Whether every run of a question is there. */
function isPlayed(id: QuestionId, seed: number): boolean {
  return questions[id].runs.every((spec) => known.has(keyOf(spec, seed)))
}

function writePages(): void {
  const played = (Object.keys(questions) as QuestionId[])
    .filter((id) => seeds.every((seed) => isPlayed(id, seed)))
    .map((id) => playedQuestion(id, seeds, summaryOf))
  writeFileSync(at('core/samples/questions/played.ts'), playedText(played))
  writeFileSync(at('docs/study-questions.md'), questionsPage(played, summaryOf))
}

/** Each question on all seeds from 11 to 50 of which its runs are there. */
function writeFresh(): void {
  const played = (Object.keys(questions) as QuestionId[]).flatMap((id) => {
    const own = Array.from({ length: 40 }, (_, i) => 11 + i).filter((seed) => isPlayed(id, seed))
    return own.length < 2 ? [] : [playedQuestion(id, own, summaryOf)]
  })
  writeFileSync(at('docs/study-questions-fresh.md'), freshPage(played))
}

async function play(id: QuestionId, seed: number): Promise<void> {
  for (const spec of questions[id].runs) {
    const key = keyOf(spec, seed)
    if (known.has(key)) continue
    const input = { spec, seed, ops, backend: `wasm/${ops.id}`, ratings: null, checkpoint: null }
    for await (const step of runExperiment(input)) {
      if (step.type !== 'finished') continue
      known.set(key, step.summary)
      appendFileSync(cache, `${JSON.stringify({ key, summary: step.summary })}\n`)
      const served = step.summary.arms.find((arm) => arm.id === 'served')!.ctr.value
      console.log(`seed ${seed}, ${id}, ${spec.name}: ${String(served?.toFixed(4))}`)
    }
  }
}

function summaryOf(spec: ExperimentSpec, seed: number): RunSummary {
  return known.get(keyOf(spec, seed))!
}
