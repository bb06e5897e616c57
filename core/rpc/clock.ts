/** Time, passed in because core has none. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number
  /** Calls `f` once after that many milliseconds. @returns its disposer */
  later(milliseconds: number, f: () => void): () => void
}
