// npm run study:trees [-- --only WORDS] [--page]: what TPGR, Wolpertinger and FCPO reach, arm by arm.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { tfOps } from '#core/compute/tfOps'
import { parseRatings } from '#core/dataset/parseRatings'
import type { RatingsTable } from '#core/dataset/ratingsTable'
import { training } from '#core/largeAction/training'
import type { TrainReport } from '#core/largeAction/trainReport'
import { treesArms, type TreesArm } from './treesArms.ts'
import { treesPage } from './treesPage.ts'

/** A run of an arm; processor seconds, as the machine may be busy with other things. */
export interface ArmRun {
  readonly arm: string
  readonly seed: number
  readonly spec: object
  readonly cpuSeconds: number
  readonly report: TrainReport
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const kept = at('../../.duelist/study-trees.json')
const file = at('../../../shared/data/ml-100k/u.data')
const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, page: { type: 'boolean', default: false } },
})

const runs: ArmRun[] = existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as ArmRun[]) : []
const known = ({ id, spec }: TreesArm, seed: number): boolean =>
  runs.some((run) => {
    return run.arm === id && run.seed === seed && JSON.stringify(run.spec) === JSON.stringify(spec)
  })
const chosen = values.page ? [] : treesArms.filter(({ id }) => id.includes(values.only))
for (const arm of chosen) {
  for (const seed of arm.seeds) {
    if (known(arm, seed)) continue
    const run = await runArm(arm, seed)
    // another process may have stored arms of its own meanwhile
    const stored = existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as ArmRun[]) : []
    const others = stored.filter((one) => one.arm !== arm.id || one.seed !== seed)
    mkdirSync(at('../../.duelist'), { recursive: true })
    writeFileSync(kept, JSON.stringify([...others, run]))
    console.log(`${arm.id}, seed ${seed}: ${run.cpuSeconds.toFixed(0)} s of processor time`)
  }
}
const all = existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as ArmRun[]) : []
// what an earlier version of an arm gave is no result of this one
const current = new Map(treesArms.map(({ id, spec }) => [id, JSON.stringify(spec)]))
const here = at('../../docs/study-trees.md')
const { text, kept: left } = treesPage(
  all.filter(({ arm, spec }) => current.get(arm) === JSON.stringify(spec)),
  readFileSync(here, 'utf8'),
)
writeFileSync(here, text)
for (const { heading, lacks } of left) {
  console.log(`kept as it was: ${heading.replace(/^#+ /, '')}, which lacks ${lacks.join('; ')}`)
}

async function runArm(arm: TreesArm, seed: number): Promise<ArmRun> {
  const spec = training.spec.parse(arm.spec)
  const ratings: RatingsTable | null = spec.world.kind === 'ratings' ? movielens() : null
  const started = process.cpuUsage()
  const data = { ratings }
  const input = { spec, seed, ops: tfOps, backend: 'none', data, checkpoint: null }
  for await (const step of training.run(input)) {
    if (step.type !== 'finished') continue
    const { user, system } = process.cpuUsage(started)
    // node statistics fill pages, not tables
    const { tree } = step.report
    const report = { ...step.report, tree: tree && { ...tree, levels: [] } }
    return { arm: arm.id, seed, spec: arm.spec, cpuSeconds: (user + system) / 1e6, report }
  }
  throw new Error(`${arm.id} did not finish`)
}

function movielens(): RatingsTable {
  const parser = parseRatings()
  parser.push(readFileSync(file))
  return parser.finish().table
}
