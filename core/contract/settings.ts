import { z } from 'zod'
import { AnalysisSpec, Seed } from '../experimentSpec.ts'
import { keyActionIds } from '../keyboard/keyActions.ts'
import { keyProblems } from '../keyboard/keyMap.ts'
import { languages } from '../languages.ts'
import { byteOrderMarks } from '../report/byteOrderMark.ts'
import { papers } from '../report/reportContent.ts'
import { call } from '../rpc/contract.ts'
import { none } from './ids.ts'

/** Effective items below which the gauge of item collapse changes, as a share of the popularity policy's. */
const CollapseShare = z.number().min(0.01).max(10)

export const Settings = z.strictObject({
  concurrency: z.int().min(1).max(64).default(2).describe('runs at the same time'),
  language: z.enum(['system', ...languages]).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  singleKeys: z.boolean().default(true).describe('single letters are shortcuts'),
  motion: z.enum(['system', 'reduced']).default('system'),
  // what new forms begin with; a spec keeps its own
  seed: Seed.default(1).describe('of a new experiment'),
  errorRate: AnalysisSpec.shape.errorRate.describe('of a new experiment'),
  equivalence: AnalysisSpec.shape.equivalence.describe('of a new experiment'),
  reportLanguage: z.enum(['page', ...languages, 'both']).default('page'),
  paper: z.enum(papers).default('A4').describe('of a new report'),
  csvMark: z.enum(byteOrderMarks).default('language').describe('byte order mark of CSV files'),
  collapseAmber: CollapseShare.default(1),
  collapseRed: CollapseShare.default(0.5),
  keys: z
    .partialRecord(z.enum(keyActionIds), z.string().nullable())
    .superRefine((keys, context) => {
      for (const { id, message } of keyProblems(keys)) {
        context.addIssue({ code: 'custom', path: [id], message })
      }
    })
    .default({})
    .describe('of actions, where they differ from the defaults; null: none'),
})

export type Settings = z.output<typeof Settings>

/** What is left out stays as it is; so no default may be filled in, as `Settings.partial()` does. */
const SettingsChange = z
  .strictObject({
    concurrency: Settings.shape.concurrency.unwrap(),
    language: Settings.shape.language.unwrap(),
    theme: Settings.shape.theme.unwrap(),
    singleKeys: Settings.shape.singleKeys.unwrap(),
    motion: Settings.shape.motion.unwrap(),
    seed: Settings.shape.seed.unwrap(),
    errorRate: Settings.shape.errorRate.unwrap(),
    equivalence: Settings.shape.equivalence.unwrap(),
    reportLanguage: Settings.shape.reportLanguage.unwrap(),
    paper: Settings.shape.paper.unwrap(),
    csvMark: Settings.shape.csvMark.unwrap(),
    collapseAmber: Settings.shape.collapseAmber.unwrap(),
    collapseRed: Settings.shape.collapseRed.unwrap(),
    keys: Settings.shape.keys.unwrap(),
  })
  .partial()

/** What a workspace remembers of how its people like to work. */
export const settingsCalls = {
  'settings.get': call(none, Settings),
  'settings.set': call(SettingsChange, Settings),
} as const
