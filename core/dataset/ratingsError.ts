import type { ImportProblem } from '../jobContract.ts'

/** Why a ratings file was refused; nothing of it was kept. */
export const ratingsErrorCodes = [
  'empty', // no line at all
  'headerOnly',
  'notText', // compressed, binary, or bytes that are no UTF-8 or UTF-16
  'noSeparator',
  'header', // the first line names columns, but not the three that are needed
  'lineTooLong',
  'openQuote',
  'tooManyRows',
  'tooManyIds',
  'badRows',
] as const
export type RatingsErrorCode = (typeof ratingsErrorCodes)[number]

/** The one error of the ratings parser. `problems` lists at most the first 100 rows. */
export class RatingsError extends Error {
  override readonly name = 'RatingsError'
  readonly code: RatingsErrorCode
  readonly problems: readonly ImportProblem[]

  constructor(code: RatingsErrorCode, message: string, problems: readonly ImportProblem[] = []) {
    super(message)
    this.code = code
    this.problems = problems
  }
}
