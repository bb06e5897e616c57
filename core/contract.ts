import { appCalls } from './contract/app.ts'
import { datasetCalls } from './contract/datasets.ts'
import { learnCalls } from './contract/learn.ts'
import { modelCalls } from './contract/models.ts'
import { reportCalls } from './contract/reports.ts'
import { runCalls } from './contract/runs.ts'
import { settingsCalls } from './contract/settings.ts'
import { specCalls } from './contract/specs.ts'
import { studyCalls } from './contract/studies.ts'
import { treeCalls } from './contract/trees.ts'

/** Everything that crosses the border between page and host. */
export const contract = {
  ...appCalls,
  ...settingsCalls,
  ...specCalls,
  ...learnCalls,
  ...runCalls,
  ...studyCalls,
  ...modelCalls,
  ...treeCalls,
  ...reportCalls,
  ...datasetCalls,
} as const
