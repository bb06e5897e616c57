import type { ClickModel } from '#core/clickModel/clickModel'
import { gradeTable } from '#core/clickModel/gradePresets'
import { clickModels, type ClickModelId } from '#core/clickModel/index'
import type { ClickSpec } from '#core/servingParams'

/** How the users of a spec read and click: a click model, and what an item is to them. */
export interface ClickUsers {
  readonly model: ClickModel<unknown>
  readonly params: unknown
  /** P(click | looked at) by grade + 1 instead of the world's; null where the world's holds. */
  readonly attraction: Float64Array | null // [6]
  /** P(the user has found enough | a click), from the grade and the attraction of the item. */
  readonly satisfaction: (grade: number, attraction: number) => number
}

/** Grades of the worlds, 0 … 4. */
const gradeScale = 5

export function clickUsers(spec: ClickSpec): ClickUsers {
  switch (spec.kind) {
    case 'positionBased':
      return users('positionBased', { eta: spec.eta }, null, () => 0)
    case 'cascade':
      return users('cascade', { stop: spec.stop }, null, () => spec.satisfaction)
    case 'dependentClick':
      return users('dependentClick', { lambda: [spec.lambda] }, null, () => 0)
    case 'dynamicBayesian': {
      const { gamma, satisfaction } = spec
      return users('dynamicBayesian', { gamma }, null, (_grade, a) => satisfaction * a)
    }
    case 'userBrowsing':
      return users('userBrowsing', { gamma: browsing(spec.eta) }, null, () => 0)
    case 'graded': {
      // an item without a grade is one without relevance
      const { click, stop } = gradeTable(spec.users, gradeScale)
      const byGrade = Float64Array.of(click[0]!, ...click)
      return users('cascade', { stop: spec.stop }, byGrade, (grade) => stop[Math.max(0, grade)]!)
    }
  }
}

function users(
  id: ClickModelId,
  params: object,
  byGrade: Float64Array | null,
  satisfaction: ClickUsers['satisfaction'],
): ClickUsers {
  const model: ClickModel<unknown> = clickModels[id]
  return { model, params: model.params.parse(params), attraction: byGrade, satisfaction }
}

/** The table of the user browsing model, each of its probabilities to the power η. */
function browsing(eta: number): number[][] {
  const { gamma } = clickModels.userBrowsing.params.parse({})
  return gamma.map((row) => row.map((p) => p ** eta))
}
