import type { z } from 'zod'
import type { SpecIssue } from '#core/contract/specs'
import { demand, dotted, shown, valueAt } from '#core/issueWords'
import type { Study, StudyCheck } from './study.ts'

/** Fills in defaults; every problem names its field. */
export const checkStudy = <Spec>(study: Study<Spec, unknown>, raw: unknown): StudyCheck<Spec> =>
  study.check?.(raw) ?? checkBy(study.spec, raw)

/** As the schema says. */
export function checkBy<Spec>(schema: z.ZodType<Spec>, raw: unknown): StudyCheck<Spec> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return { spec: parsed.data, issues: [] }
  const issues = parsed.error.issues.flatMap((issue): readonly SpecIssue[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const path = dotted([...issue.path, key])
        const message = `${path} is not a field of this spec; leave it out`
        return { path, value: valueAt(raw, [...issue.path, key]), message, fix: null }
      })
    }
    const path = dotted(issue.path) || 'spec'
    const value = valueAt(raw, issue.path)
    const state = value === undefined ? `${path} is missing` : `${path} is ${shown(value)}`
    return [{ path, value: value ?? null, message: `${state}; ${demand(issue)}`, fix: null }]
  })
  return { spec: null, issues }
}
