import type { z } from 'zod'
import type { SpecIssue } from '#core/contract/specs'
import { explainIssues, withoutRefused } from '#core/specCheck/explainIssues'
import type { Study, StudyCheck } from './study.ts'

/** Fills in defaults; every problem names its field. */
export const checkStudy = <Spec>(study: Study<Spec, unknown>, raw: unknown): StudyCheck<Spec> =>
  study.check?.(raw) ?? checkBy(study.spec, raw)

/** As the schema says. */
export function checkBy<Spec>(schema: z.ZodType<Spec>, raw: unknown): StudyCheck<Spec> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return { spec: parsed.data, issues: [] }
  const { issues } = parsed.error
  const defaults = schema.safeParse(withoutRefused(raw, issues)).data
  return { spec: null, issues: explainIssues(issues, { schema, raw, defaults }) }
}

/** As the schema says, and then what its fields break together. */
export function checkBoth<Spec>(
  schema: z.ZodType<Spec>,
  raw: unknown,
  together: (spec: Spec) => Iterable<SpecIssue>,
): StudyCheck<Spec> {
  const parsed = checkBy(schema, raw)
  const issues = parsed.spec === null ? [] : [...together(parsed.spec)]
  return issues.length > 0 ? { spec: null, issues } : parsed
}
