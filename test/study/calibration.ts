// npm run study:calibration [-- --runs N] [--seed N]: what the inference does where the truth is known.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { calibrationPage, violations } from './calibrationPage.ts'
import { calibrationStudy } from './calibrationStudy.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
  },
})
const size = {
  runs: Number(values.runs),
  powerRuns: 10_000,
  alpha: 0.05,
  seed: Number(values.seed),
}
const study = calibrationStudy(size)
const page = calibrationPage(study)
writeFileSync(fileURLToPath(new URL('../../docs/study-calibration.md', import.meta.url)), page)
console.log(page)
const problems = violations(study)
for (const problem of problems) console.error(`violated: ${problem}`)
process.exitCode = problems.length > 0 ? 1 : 0
