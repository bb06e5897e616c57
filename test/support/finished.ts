import type { StudyStep } from '#core/study/study'

/** The report that a study ends with. */
export async function finished<R>(
  steps: Iterable<StudyStep<R>> | AsyncIterable<StudyStep<R>>,
): Promise<R> {
  for await (const step of steps) if (step.type === 'finished') return step.report
  throw new Error('the study did not finish')
}
