/**
 * Something that is due every `seconds` of simulated time, counted from the start of the run. What was
 * missed while nobody came is made up for once.
 */
export class Period {
  readonly #seconds: number // 0 = never
  #due: number

  constructor(seconds: number) {
    this.#seconds = seconds
    this.#due = seconds > 0 ? seconds : Infinity
  }

  get due(): number {
    return this.#due
  }

  /** @returns whether it is due at this time; it is then due again at the next multiple */
  reached(seconds: number): boolean {
    if (seconds < this.#due) return false
    this.#due = (Math.floor(seconds / this.#seconds) + 1) * this.#seconds
    return true
  }

  restore(due: number): void {
    this.#due = due
  }
}
