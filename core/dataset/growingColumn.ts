type Column = Int32Array | Uint32Array | Float32Array | Float64Array

/** A typed array that grows by doubling while a file is read. */
export class GrowingColumn<T extends Column> {
  readonly #make: new (length: number) => T
  #values: T
  #length = 0

  constructor(make: new (length: number) => T) {
    this.#make = make
    this.#values = new make(1024)
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new this.#make(2 * this.#length)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  /** Exactly what was pushed; the column is empty afterwards. */
  take(): T {
    const values = this.#values.slice(0, this.#length) as T
    this.#values = new this.#make(0)
    this.#length = 0
    return values
  }
}
