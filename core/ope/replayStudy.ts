import { logOfKind } from '#core/dataset/loggedData'
import type { StudyInput, StudyStep } from '#core/study/study'
import type { ReplayReport } from './replayReport.ts'
import type { ReplaySpec } from './replaySpec.ts'
import { runReplay } from './runReplay.ts'

/** The study of a bandit log. It takes minutes at most, so that a resumed one starts again. */
// eslint-disable-next-line @typescript-eslint/require-await -- async, so that a consumer can wait between steps
export async function* replayStudy({
  spec,
  seed,
  ops,
  data,
}: StudyInput<ReplaySpec>): AsyncGenerator<StudyStep<ReplayReport>> {
  const log = logOfKind(data.logged ?? null, 'bandit', spec.dataset)
  yield* runReplay(spec, log, seed, { ops, models: data.models ?? {} })
}
