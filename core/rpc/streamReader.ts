export interface StreamReaderOptions {
  /** The reader has taken so many items: the moment to hand credit back. */
  readonly onTaken: (count: number) => void
  /** The reader left before the end. */
  readonly onLeft: () => void
}

/** The receiving end of one stream. */
export interface StreamReader<T> {
  readonly iterator: AsyncIterator<readonly T[]>
  push(batch: readonly T[]): void
  end(): void
  /** What came before the error is still read first. */
  fail(error: Error): void
}

/**
 * A queue between a wire and a `for await`. Written out rather than as an async generator, because
 * `return()` of a generator that waits for its next batch would itself wait for that batch.
 */
export function streamReader<T>({ onTaken, onLeft }: StreamReaderOptions): StreamReader<T> {
  type Result = IteratorResult<readonly T[], undefined>
  const done: Result = { done: true, value: undefined }
  const batches: (readonly T[])[] = []
  const readers: { resolve(result: Result): void; reject(error: Error): void }[] = []
  let ended = false
  let failure: Error | undefined

  function finish(): void {
    ended = true
    if (batches.length > 0) return
    const first = failure && readers.shift()
    if (first && failure) {
      first.reject(failure)
      failure = undefined
    }
    for (const reader of readers.splice(0)) reader.resolve(done)
  }

  return {
    iterator: {
      next() {
        const batch = batches.shift()
        if (batch) {
          onTaken(batch.length)
          return Promise.resolve({ done: false, value: batch })
        }
        if (failure) {
          const error = failure
          failure = undefined
          return Promise.reject(error)
        }
        if (ended) return Promise.resolve(done)
        return new Promise<Result>((resolve, reject) => readers.push({ resolve, reject }))
      },
      return() {
        batches.length = 0
        failure = undefined
        if (!ended) {
          finish()
          onLeft()
        }
        return Promise.resolve(done)
      },
    },
    push(batch) {
      if (ended || batch.length === 0) return
      const reader = readers.shift()
      if (!reader) {
        batches.push(batch)
        return
      }
      onTaken(batch.length)
      reader.resolve({ done: false, value: batch })
    },
    end() {
      finish()
    },
    fail(error) {
      failure = error
      finish()
    },
  }
}
