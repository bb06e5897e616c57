import type { Arrays } from './arrays.ts'

export type PeerKind =
  'pytorch' | 'numpy' | 'numpy learners' | 'stock tfjs' | 'python' | 'mpkato/interleaving'

/** One comparison: the same work by this program and by a peer. */
export interface BenchRow {
  readonly id: string
  readonly what: string
  readonly peer: PeerKind
  /** Largest ratio own / peer of the minima that passes. */
  readonly target: number
  readonly stretch: number | null
  /** What the target is about; the wall clock unless told. */
  readonly clock?: 'wall' | 'cpu'
  prepare(): PreparedRow | Promise<PreparedRow>
}

/** A comparison of the program with itself. */
export interface FigureRow {
  readonly id: string
  readonly what: string
  readonly reference: string
  /** Largest ratio own / reference of the medians that passes. */
  readonly target: number
  readonly rounds: number
  /** Takes minutes: neither warmed up nor measured again after a miss. */
  readonly once?: true
  prepare(): Figure | Promise<Figure>
}

interface Figure {
  measure(): Promise<Pair>
  /** What else the rounds have shown. */
  note?(): string
  dispose(): Promise<void>
}

/** Milliseconds. */
export interface Pair {
  readonly own: number
  readonly reference: number
}

export interface PreparedRow {
  /** The piece of work among the peer's, by name, with its sizes. */
  readonly work: { readonly name: string; readonly sizes: Readonly<Record<string, number>> }
  /** What both sides start from. */
  readonly inputs: Arrays
  /** One run of the own side; a promise is waited for. */
  run(): unknown
  /** Numbers by which both sides show that they did the same; the peer answers with its own. */
  check(): readonly number[] | Promise<readonly number[]>
  /** Largest difference of a number, relative to the largest one. */
  readonly tolerance: number
  dispose(): unknown
}
