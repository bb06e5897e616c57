import { studyKinds, type StudyKind } from '#core/study/index'
import { oneOf, seedOf } from './values.ts'
import { flag, text, workspace, type Verb, type Workspace } from './verb.ts'

export interface StudyCommand extends Workspace {
  readonly verb: 'study'
  readonly kind: StudyKind
  readonly source: string
  readonly seed: number | null
  readonly json: boolean
}

export const study: Verb<StudyCommand> = {
  argument: 'a kind and a spec file, or the number of a study to go on with',
  arguments: 2,
  options: { ...workspace, seed: text, json: flag },
  usage: 'study <kind> <spec.json|number> [--seed N] [--db FILE] [--json]',
  about: `carry out a study of one of the kinds ${studyKinds.join(', ')}`,
  parse(typed) {
    const { first, second, db, json } = typed
    const kind = oneOf('the kind', first, studyKinds)
    return { verb: 'study', db, json, kind, source: second, seed: seedOf(typed) }
  },
}
