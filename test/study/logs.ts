// npm run study:logs [-- --repetitions N] [--seeds N] [--data FOLDER]: what the analysis of logs can be trusted with.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { coverage } from './logsCoverage.ts'
import { logsPage } from './logsPage.ts'
import { planted } from './logsPlanted.ts'
import { realLogs } from './logsReal.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const { values } = parseArgs({
  options: {
    repetitions: { type: 'string', default: '200' },
    seeds: { type: 'string', default: '3' },
    data: { type: 'string', default: at('../../../shared/data') },
  },
})
const repetitions = Number(values.repetitions)
const seeds = Number(values.seeds)

const covered = await coverage(repetitions, (done) => {
  if (done % 20 === 0) console.log(`coverage: ${done} of ${repetitions}`)
})
const found = await planted(repetitions, (fault) => console.log(fault))
const real = await realLogs(values.data, seeds, (what) => console.log(what))
const page = logsPage({ covered, found, real, seeds })
writeFileSync(at('../../docs/study-logs.md'), page)
console.log(page)
