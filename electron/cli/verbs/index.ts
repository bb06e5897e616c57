import { analyze } from './analyze.ts'
import { calibrate } from './calibrate.ts'
import { doctor } from './doctor.ts'
import { exportLog } from './exportLog.ts'
import { importFile } from './importFile.ts'
import { list } from './list.ts'
import { models } from './models.ts'
import { replay } from './replay.ts'
import { report } from './report.ts'
import { reports } from './reports.ts'
import { resume } from './resume.ts'
import { run } from './run.ts'
import { sample } from './sample.ts'
import { sensitivity } from './sensitivity.ts'
import { serve } from './serve.ts'
import { show } from './show.ts'
import { spec } from './spec.ts'
import { study } from './study.ts'
import { train } from './train.ts'
import type { Verb } from './verb.ts'

/** The verbs, in the order in which the help lists them. */
export const verbs = {
  run,
  resume,
  list,
  show,
  report,
  reports,
  calibrate,
  study,
  train,
  analyze,
  replay,
  export: exportLog,
  models,
  import: importFile,
  sensitivity,
  sample,
  spec,
  serve,
  doctor,
} satisfies Record<string, Verb<unknown>>
export type VerbName = keyof typeof verbs
