import { z } from 'zod'

export const RunId = z.int().min(1)
export type RunId = z.output<typeof RunId>
export const StudyId = z.int().min(1)
export type StudyId = z.output<typeof StudyId>
export const ModelId = z.int().min(1)
export type ModelId = z.output<typeof ModelId>
export const ReportId = z.int().min(1)
export type ReportId = z.output<typeof ReportId>

// questions that name nothing else
export const none = z.strictObject({})
export const run = z.strictObject({ run: RunId })
export const study = z.strictObject({ study: StudyId })
export const model = z.strictObject({ model: ModelId })
export const report = z.strictObject({ report: ReportId })
