import type { ArmId, SideArm } from './summary.ts'

/**
 * Expected clicks of one policy on the run's requests, per user, so that the ratio
 * clicks / items has an interval that is clustered by user.
 */
export class ArmTally {
  readonly id: ArmId | SideArm
  readonly #clicks: Float64Array // [users]
  readonly #items: Float64Array // [users]
  #windowClicks = 0
  #windowItems = 0

  constructor(id: ArmId | SideArm, users: number, state?: ArmState) {
    this.id = id
    this.#clicks = state?.clicks.slice() ?? new Float64Array(users)
    this.#items = state?.items.slice() ?? new Float64Array(users)
  }

  add(user: number, clicks: number, items: number): void {
    this.#clicks[user]! += clicks
    this.#items[user]! += items
    this.#windowClicks += clicks
    this.#windowItems += items
  }

  /** Clicks per item since the last call; NaN if nothing was shown. */
  closeWindow(): number {
    const rate = this.#windowClicks / this.#windowItems
    this.#windowClicks = 0
    this.#windowItems = 0
    return rate
  }

  /** Per-user numerators and denominators; do not write to them. */
  get clicks(): Float64Array {
    return this.#clicks
  }

  get items(): Float64Array {
    return this.#items
  }

  state(): ArmState {
    return { clicks: this.#clicks.slice(), items: this.#items.slice() }
  }
}

export interface ArmState {
  readonly clicks: Float64Array
  readonly items: Float64Array
}
