// npm run study:oltr [-- --runs N --impressions N --only METHOD]: linear online learners to rank on real documents.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parseGroups, parseLetor } from '#core/dataset/letor'
import { normaliseQueries } from '#core/dataset/normaliseQueries'
import { oltrMethods, type OltrMethodId } from '#core/oltr/index'
import { oltrClicks, type OltrClicks } from '#core/oltr/reference'
import { runOltr } from '#core/oltr/runOltr'
import { oltrPage, type OltrCell } from './oltrPage.ts'
import { oltrPeers, runOltrPeer } from './oltrPeer.ts'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: at('../shared/data/lightgbm-rank') },
    runs: { type: 'string', default: '40' },
    'peer-runs': { type: 'string', default: '20' },
    impressions: { type: 'string', default: '10000' },
    only: { type: 'string' }, // runs this learner in numpy; the page compares those that were run
  },
})
const [runs, peerRuns, impressions] = [values.runs, values['peer-runs'], values.impressions].map(
  Number,
) as [number, number, number]
const methods = Object.keys(oltrMethods) as OltrMethodId[]

/** Runs of numpy, by learner, user and number: they cost most, so each learner is a call of its own. */
const cache = at('.duelist/study-oltr.jsonl')
const kept = new Map<string, readonly number[]>()
mkdirSync(at('.duelist'), { recursive: true })
if (existsSync(cache)) {
  for (const line of readFileSync(cache, 'utf8').trim().split('\n')) {
    const [key, ndcg] = JSON.parse(line) as [string, readonly number[]]
    kept.set(key, ndcg)
  }
}

function peerOf(method: OltrMethodId, clicks: OltrClicks): OltrCell['peer'] {
  const id = (Object.keys(oltrPeers) as (keyof typeof oltrPeers)[]).find((own) => own === method)
  if (id === undefined) return null
  const key = `${oltrPeers[id]} ${clicks} ${impressions} ${peerRuns}`
  const known = kept.get(key)
  if (known) return known
  if (values.only !== method) return null
  const found = runOltrPeer(values.data, id, clicks, impressions, [1, peerRuns])
  if (typeof found === 'string') throw new Error(`numpy: ${found}`)
  kept.set(key, found)
  appendFileSync(cache, `${JSON.stringify([key, found])}\n`)
  return found
}

function study(): void {
  const read = (name: string) => {
    const text = (file: string) => readFileSync(`${values.data}/${file}`, 'utf8')
    return normaliseQueries(parseLetor(text(name), parseGroups(text(`${name}.query`)), 301))
  }
  const [train, test] = [read('rank.train'), read('rank.test')]
  const looks = [Math.floor(impressions / 10), impressions]
  const cells: OltrCell[] = []
  for (const method of methods) {
    for (const clicks of oltrClicks) {
      const started = process.cpuUsage()
      const results = Array.from({ length: runs }, (_, i) => {
        const setting = { train, test, method, clicks, impressions, looks, seed: i + 1 }
        return runOltr({ ...setting, stop: 'every_rank' })
      })
      const { user, system } = process.cpuUsage(started)
      cells.push({
        method,
        clicks,
        early: results.map(({ heldOut }) => heldOut[0]!),
        final: results.map(({ heldOut }) => heldOut[1]!),
        seconds: (user + system) / 1e6,
        peer: peerOf(method, clicks),
      })
      console.log(method, clicks)
    }
  }
  const page = oltrPage(cells, { train: train.queries, test: test.queries, impressions })
  writeFileSync(at('docs/study-oltr.md'), page)
  console.log(page)
}

if (!existsSync(values.data)) {
  console.log(`skipped: ${values.data} is not there; name a folder with --data`)
} else if (values.only !== undefined) {
  const method = methods.find((own) => own === values.only)
  if (!method) throw new RangeError(`--only ${values.only}: take one of ${methods.join(', ')}`)
  for (const clicks of oltrClicks) console.log(clicks, peerOf(method, clicks))
} else {
  study()
}
