import type { z } from 'zod'
import type { SpecIssue } from '#core/contract/specs'
import type { Study, StudyCheck } from './study.ts'

/** Fills in defaults; every problem names its field. */
export const checkStudy = <Spec>(study: Study<Spec, unknown>, raw: unknown): StudyCheck<Spec> =>
  study.check?.(raw) ?? checkBy(study.spec, raw)

/** As the schema says. */
export function checkBy<Spec>(schema: z.ZodType<Spec>, raw: unknown): StudyCheck<Spec> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return { spec: parsed.data, issues: [] }
  const issues = parsed.error.issues.map(({ path, message }): SpecIssue => {
    const name = path.map(String).join('.') || 'spec'
    return { path: name, value: null, message: `${name}: ${message}`, fix: null }
  })
  return { spec: null, issues }
}
