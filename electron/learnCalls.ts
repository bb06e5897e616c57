import { biasTable, type BiasTable } from '#core/learn/biasTable'
import { listLaws } from '#core/learn/listLaws'
import { peekingLesson, type PeekingLesson } from '#core/learn/peekingLesson'
import { workedVotes } from '#core/learn/workedVotes'
import type { VoteCounts } from '#core/stats/signTest'

interface Lessons {
  readonly bias: BiasTable
  readonly peeking: PeekingLesson
}

/** What the Learn page asks for. The lessons depend on nothing: they are computed once. */
export function learnCalls() {
  let lessons: Lessons | null = null
  return {
    'learn.laws': ({ a, b, length }: { a: string[]; b: string[]; length: number }) =>
      listLaws(a, b, length),
    'learn.votes': (votes: VoteCounts) => workedVotes(votes),
    'learn.lessons': () => (lessons ??= { bias: biasTable(), peeking: peekingLesson() }),
  }
}
