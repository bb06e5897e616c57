import { gammaDraw } from '#core/random/gammaDraw'
import { Normals } from '#core/random/normals'
import type { Rng } from '#core/random/rng'
import { documentSpan, type DocumentSpan } from './documentSpan.ts'
import { linearRanker, type Query } from './linearRanking.ts'

/**
 * Directions uniform on the unit sphere, u = g/|g| with g normal, of which only what a query's documents
 * can tell apart is drawn: the part of g in their span, and the length of the rest (chi with the other
 * dimensions as its degrees of freedom). Where the rest points is drawn for directions that are used to
 * move, and is uniform whatever its length: so the law is that of whole directions.
 */
export class LazyDirections {
  readonly #normals = new Normals()
  readonly #ranker: ReturnType<typeof linearRanker>
  readonly #inSpan: readonly Float64Array[] // coordinates along the axes
  readonly #outside: Float64Array // lengths of the rest
  readonly #spans = new Map<Query, DocumentSpan>()
  readonly #mean: Float64Array
  readonly #sum: Float64Array
  readonly #whole: Float64Array
  readonly #along: Float64Array
  #query: Query | null = null
  #span: DocumentSpan | null = null

  /** @param width features, of which a query keeps its own */
  constructor(directions: number, width: number) {
    const numbers = (): Float64Array => new Float64Array(width)
    this.#ranker = linearRanker(width)
    this.#inSpan = Array.from({ length: directions }, numbers)
    this.#outside = new Float64Array(directions)
    this.#mean = numbers()
    this.#sum = numbers()
    this.#whole = numbers()
    this.#along = numbers()
  }

  /** New directions, to be scored on the documents of this query. */
  draw(query: Query, rng: Rng): void {
    if (query !== this.#query) this.#look(query)
    const { rank } = this.#span!
    const free = this.#whole.length - rank
    this.#normals.seed(rng)
    for (const [i, z] of this.#inSpan.entries()) {
      const square = this.#normals.fill(z, rank)
      const rest = free > 0 ? 2 * gammaDraw(this.#normals, free / 2) : 0
      const length = Math.sqrt(square + rest)
      for (let j = 0; j < rank; j++) z[j]! /= length
      this.#outside[i] = Math.sqrt(rest) / length
    }
  }

  #look(query: Query): void {
    const known = this.#spans.get(query)
    this.#span = known ?? documentSpan(query)
    this.#query = query
    if (!known) this.#spans.set(query, this.#span)
  }

  /** u·x of each document, u direction i. @param out capacity ≥ the query's count */
  score(i: number, out: Float64Array): void {
    this.#ranker.score(this.#span!.documents, this.#inSpan[i]!, out)
  }

  /**
   * The mean of some directions, complete; to be asked once for directions drawn.
   * @returns [width], valid until the next
   */
  mean(chosen: readonly number[]): Float64Array {
    const [mean, sum, whole, along] = [this.#mean, this.#sum, this.#whole, this.#along]
    const { rank } = this.#span!
    mean.fill(0)
    sum.fill(0)
    for (const i of chosen) {
      const z = this.#inSpan[i]!
      for (let j = 0; j < rank; j++) sum[j]! += z[j]!
      const outside = this.#outside[i]!
      if (outside === 0) continue
      // a normal vector without its part in the span points anywhere in the rest
      let square = this.#normals.fill(whole, whole.length)
      this.#project(whole)
      for (let j = 0; j < rank; j++) square -= along[j]! ** 2
      const factor = outside / Math.sqrt(square)
      for (let f = 0; f < whole.length; f++) mean[f]! += factor * whole[f]!
      for (let j = 0; j < rank; j++) sum[j]! -= factor * along[j]!
    }
    this.#addInSpan(mean, sum)
    for (let f = 0; f < mean.length; f++) mean[f]! /= chosen.length
    return mean
  }

  /** Coordinates of a vector along the axes. */
  #project(vector: Float64Array): void {
    const { axes } = this.#span!
    if (axes) {
      this.#ranker.score(axes, vector, this.#along)
      return
    }
    const { columns } = this.#query!
    for (let c = 0; c < columns.length; c++) this.#along[c] = vector[columns[c]!]!
  }

  #addInSpan(vector: Float64Array, coordinates: Float64Array): void {
    const { rank, axes } = this.#span!
    const { columns } = this.#query!
    if (!axes) {
      for (let c = 0; c < columns.length; c++) vector[columns[c]!]! += coordinates[c]!
      return
    }
    const { features } = axes
    const n = columns.length
    let j = 0
    // four axes share each number that is written
    for (; j + 4 <= rank; j += 4) {
      const a = coordinates[j]!
      const b = coordinates[j + 1]!
      const c = coordinates[j + 2]!
      const d = coordinates[j + 3]!
      for (let at = j * n, i = 0; i < n; i++, at++) {
        vector[columns[i]!]! +=
          a * features[at]! +
          b * features[at + n]! +
          c * features[at + 2 * n]! +
          d * features[at + 3 * n]!
      }
    }
    for (; j < rank; j++) {
      const along = coordinates[j]!
      for (let i = 0; i < n; i++) vector[columns[i]!]! += along * features[j * n + i]!
    }
  }
}
