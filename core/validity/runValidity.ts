import type { StudyInput, StudyStep } from '#core/study/study'
import { itemToItemPanel } from './itemToItemPanel.ts'
import { listsPanel } from './listsPanel.ts'
import type { Panel, Seen } from './panel.ts'
import { judge } from './signTests.ts'
import type { Anchor, ValidityCheck, ValidityReport } from './validityReport.ts'
import type { ValiditySpec } from './validitySpec.ts'

type ValidityInput = Pick<StudyInput<ValiditySpec>, 'spec' | 'seed' | 'data' | 'checkpoint'>

interface Progress {
  readonly anchors: readonly Anchor[]
  readonly checks: readonly ValidityCheck[]
  readonly seen: Seen
  /** Contrasts that were judged. */
  readonly judged: number
}

const nothing: Progress = {
  anchors: [],
  checks: [],
  seen: { gaps: null, ages: null, hash: '', calibration: null },
  judged: 0,
}

/**
 * Examines a world: lets reference policies serve it alone, and plays variants of it whose effects are
 * stronger, weaker or off.
 */
// eslint-disable-next-line @typescript-eslint/require-await -- async, so that a consumer can wait between points
export async function* runValidity(
  input: ValidityInput,
): AsyncGenerator<StudyStep<ValidityReport>> {
  const { spec, seed } = input
  const panel = panelOf(input)
  const { policies, contrasts } = panel
  let state = (input.checkpoint ?? nothing) as Progress
  const seeds = Array.from({ length: spec.seeds }, (_, i) => seed + i)
  const report = ({ anchors, checks, seen }: Progress): ValidityReport => ({
    world: spec.environment.kind,
    requests: spec.requests,
    seeds: spec.seeds,
    anchors,
    checks,
    ...seen,
  })
  const point = (now: Progress): StudyStep<ValidityReport> => ({
    type: 'point',
    done: now.anchors.length + now.judged,
    total: policies.length + contrasts.length,
    report: () => report(now),
    checkpoint: () => now,
  })

  while (state.anchors.length < policies.length) {
    const done = state.anchors.length
    yield { type: 'progress', stage: 'anchors', share: done / policies.length }
    const { anchor, checks, seen } = panel.play(policies[done]!)
    const anchors = [...state.anchors, anchor]
    const compared = anchors.length === policies.length ? panel.compare(anchors) : []
    state = {
      ...state,
      anchors,
      checks: [...state.checks, ...checks, ...compared],
      seen: { ...state.seen, ...seen },
    }
    yield point(state)
  }
  while (state.judged < contrasts.length) {
    yield { type: 'progress', stage: 'signs', share: state.judged / contrasts.length }
    const check = judge(contrasts[state.judged]!, seeds)
    state = { ...state, checks: [...state.checks, check], judged: state.judged + 1 }
    yield point(state)
  }
  yield { type: 'finished', report: report(state) }
}

function panelOf({ spec, seed, data }: ValidityInput): Panel {
  const { environment } = spec
  return environment.kind === 'itemToItem'
    ? itemToItemPanel(environment, spec.requests, seed)
    : listsPanel({ ...spec, environment }, data.ratings, seed)
}
