import { learnerKinds, type RunOnCommand } from './runOnCommand.ts'
import type { StudyCommand } from './study.ts'
import { oneOf, seedOf } from './values.ts'
import { flag, text, workspace, type Verb } from './verb.ts'

export const train: Verb<StudyCommand | RunOnCommand> = {
  argument: 'a spec file, the number of a training to go on with, or a learner with --on DATASET',
  options: { ...workspace, seed: text, on: text, json: flag },
  usage: `train <spec.json|number> | train ${learnerKinds.join('|')} --on DATASET [--seed N] [--db FILE] [--json]`,
  about:
    'train TPGR, Wolpertinger or FCPO to a saved model, the same as study training; --on trains a learner offline on most of a dataset, shows its clicks on the rest, and saves its network',
  parse(typed) {
    const { first, db, json } = typed
    const seed = seedOf(typed)
    const dataset = typed.text('on')
    if (dataset === null) return { verb: 'study', db, json, kind: 'training', source: first, seed }
    const learner = oneOf('what is trained --on a dataset', first, learnerKinds)
    return { verb: 'runOn', db, json, design: 'train', learner, dataset, seed }
  },
}
