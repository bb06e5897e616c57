import type { Cancel } from './cancel.ts'
import type { Clock } from './clock.ts'

const BATCH_ITEMS = 64
const BATCH_MS = 33

export interface BatcherOptions {
  /** Items that may be sent and not yet acknowledged. */
  readonly window: number
  readonly clock: Clock
  readonly cancel: Cancel
  /** Puts one batch on the wire. */
  readonly send: (items: readonly unknown[]) => void
  /** The carrier's own buffer, where it has one (`Wire.drained`). */
  readonly drained: (() => Promise<void>) | undefined
  /** A batch could not be sent while the source was busy; `finish` throws the reason. */
  readonly onFailure: () => void
}

/**
 * The sending end of one stream: items leave in batches of 64 or after 33 ms, whichever comes first,
 * and only while the reader has credit. A source that awaits `room` between items is therefore never
 * further ahead than the window and one batch.
 */
export class Batcher {
  readonly #options: BatcherOptions
  readonly #limit: number
  #items: unknown[] = []
  #since = 0
  #credit: number
  /** Waiting items should go as soon as credit allows, full batch or not. */
  #due = false
  #undrained = false
  #disarm: (() => void) | undefined
  #wake: (() => void) | undefined
  #failure: { readonly error: unknown } | undefined

  constructor(options: BatcherOptions) {
    this.#options = options
    this.#limit = Math.min(BATCH_ITEMS, options.window)
    this.#credit = options.window
    options.cancel.onAbort(() => this.#wake?.())
  }

  push(item: unknown): void {
    const now = this.#options.clock.now()
    if (this.#items.push(item) === 1) this.#startWaiting(now)
    // the age is checked here as well, for a source so busy that no timer gets its turn
    if (this.#items.length >= this.#limit || now - this.#since >= BATCH_MS) {
      this.#due = true
      this.#flush()
    }
  }

  /** Settles when the source may make another item; undefined when it may go on at once. */
  room(): Promise<void> | undefined {
    return this.#mustWait() || this.#undrained ? this.#waitForRoom() : undefined
  }

  /** The reader has taken so many items. Credit never exceeds the window, whatever a peer claims. */
  acknowledge(count: number): void {
    this.#credit = Math.min(this.#options.window, this.#credit + count)
    if (this.#due) this.#flush()
    this.#wake?.()
  }

  /**
   * Sends what is left, after an abort without waiting for credit.
   * @throws what made an earlier batch fail
   */
  async finish(): Promise<void> {
    this.#due = true
    this.#flush()
    while (this.#items.length > 0 && !this.#options.cancel.aborted && !this.#failure) {
      await this.#woken()
    }
    if (!this.#failure && this.#items.length > 0) this.#sendItems(this.#items.length)
    this.dispose()
    if (this.#failure) throw this.#failure.error
  }

  dispose(): void {
    this.#disarm?.()
    this.#disarm = undefined
  }

  async #waitForRoom(): Promise<void> {
    while (this.#mustWait()) await this.#woken()
    if (this.#undrained) {
      this.#undrained = false
      await this.#options.drained?.()
    }
  }

  #mustWait(): boolean {
    return this.#items.length >= this.#limit && !this.#options.cancel.aborted && !this.#failure
  }

  #startWaiting(now: number): void {
    this.#since = now
    this.#disarm = this.#options.clock.later(BATCH_MS, () => {
      this.#due = true
      this.#flush()
    })
  }

  #flush(): void {
    while (this.#items.length > 0 && this.#credit > 0 && !this.#failure) {
      this.#sendItems(Math.min(this.#limit, this.#credit, this.#items.length))
    }
    if (this.#items.length > 0) return
    this.#due = false
    this.dispose()
  }

  #sendItems(count: number): void {
    const items = this.#items.splice(0, count)
    this.#credit -= items.length
    this.#undrained = this.#options.drained !== undefined
    try {
      this.#options.send(items)
    } catch (error) {
      this.#failure = { error }
      this.#options.onFailure()
    }
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve))
  }
}
