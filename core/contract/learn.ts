import { z } from 'zod'
import type { BiasTable } from '../learn/biasTable.ts'
import type { ListLaw } from '../learn/listLaws.ts'
import type { PeekingLesson } from '../learn/peekingLesson.ts'
import type { WorkedVotes } from '../learn/workedVotes.ts'
import { call } from '../rpc/contract.ts'
import { none } from './ids.ts'

/** Few enough for every list to be listed. */
const ShortRanking = z.array(z.string().trim().min(1).max(12)).min(1).max(5)

const VoteCount = z.int().min(0).max(100_000)

/** Worked examples of the Learn page, by the functions that runs use. */
export const learnCalls = {
  /** Worked examples of the Learn page, by the functions that runs use. */
  'learn.laws': call(
    z.strictObject({ a: ShortRanking, b: ShortRanking, length: z.int().min(1).max(6) }),
    z.custom<ListLaw[]>(),
  ),
  'learn.votes': call(
    z.strictObject({ winsA: VoteCount, winsB: VoteCount, ties: VoteCount }),
    z.custom<WorkedVotes>(),
  ),
  'learn.lessons': call(none, z.custom<{ bias: BiasTable; peeking: PeekingLesson }>()),
} as const
