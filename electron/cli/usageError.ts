/** The user asked for what there is not; the message names it and what to write instead. Exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
