import { logOfKind } from '#core/dataset/loggedData'
import type { StudyInput, StudyStep } from '#core/study/study'
import { analyseLog } from './analyseLog.ts'
import type { LogPlan } from './logPlan.ts'
import type { LogReport } from './logReport.ts'

/** The study of a log. It takes minutes at most, so that a resumed one starts again. */
export async function* runLogAnalysis({
  spec,
  data,
}: StudyInput<{ readonly dataset: string; readonly plan: LogPlan }>): AsyncGenerator<
  StudyStep<LogReport>
> {
  yield* analyseLog(logOfKind(data.logged ?? null, 'interleaving', spec.dataset), spec.plan)
}
