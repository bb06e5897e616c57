// npm run study:drn [-- --seeds N]: the drift bench of spec/drn.md §10 and what readers ask of it.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runDriftStudy } from '#core/driftBench/driftStudy'
import { DriftStudySpec } from '#core/driftBench/driftStudySpec'
import { driftPage } from './driftPage.ts'

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '10' } } })
const spec = DriftStudySpec.parse({ seeds: Number(values.seeds), everyAgent: true })
for await (const step of runDriftStudy({ spec, seed: 1, checkpoint: null })) {
  if (step.type === 'point') console.log(`seed ${step.done} of ${step.total}`)
  if (step.type !== 'finished') continue
  const page = driftPage(step.report)
  writeFileSync(fileURLToPath(new URL('../../docs/study-drn.md', import.meta.url)), page)
  console.log(page)
}
