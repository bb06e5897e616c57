import type { Arrays } from './arrays.ts'

export type PeerKind = 'pytorch' | 'numpy' | 'stock tfjs' | 'python'

/** One comparison: the same work by this program and by a peer. */
export interface BenchRow {
  readonly id: string
  readonly what: string
  readonly peer: PeerKind
  /** Largest ratio own / peer of the minima that passes. */
  readonly target: number
  readonly stretch: number | null
  prepare(): PreparedRow
}

export interface PreparedRow {
  /** The piece of work among the peer's, by name, with its sizes. */
  readonly work: { readonly name: string; readonly sizes: Readonly<Record<string, number>> }
  /** What both sides start from. */
  readonly inputs: Arrays
  /** One run of the own side. */
  run(): void
  /** Numbers by which both sides show that they did the same; the peer answers with its own. */
  check(): readonly number[]
  /** Largest difference of a number, relative to the largest one. */
  readonly tolerance: number
  dispose(): void
}
