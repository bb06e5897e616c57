import type { RunDetail } from '#core/contract/runs'
import type { Language } from '#core/languages'
import { sideNames, sidesOf } from '#core/sideNames'

/** The sides of a run that learn: Q alone where Q̃ is drawn from it. */
export function runLearners(
  { spec }: RunDetail,
  language: Language,
): readonly { readonly side: number; readonly name: string }[] {
  if (spec.design === 'explore') return [{ side: 0, name: 'Q' }]
  const names = sideNames({ sides: sidesOf(spec) }, language)
  return spec.rankers.flatMap(({ kind }, side) =>
    kind === 'learner' ? [{ side, name: names[side]! }] : [],
  )
}
