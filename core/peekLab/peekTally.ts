import type { MethodId } from './methods.ts'
import type { Watched } from './watch.ts'

/** The two truths of a Peek Lab: no preference, and the chosen one. */
const worlds = ['aa', 'ab'] as const
export type World = (typeof worlds)[number]

/** What one method did in all repetitions so far. Plain columns, as a checkpoint stores them. */
export interface MethodTally {
  readonly stops: Int32Array // [done], see `Watched`
  readonly covered: number // repetitions
  readonly judged: number // repetitions in which coverage could be told
}

export interface PeekTally {
  readonly done: number // repetitions
  readonly methods: Readonly<Partial<Record<MethodId, Readonly<Record<World, MethodTally>>>>>
}

const none: MethodTally = { stops: new Int32Array(0), covered: 0, judged: 0 }

/** Collects repetitions in order; a tally made from a stored one goes on where that one stood. */
export class PeekCounter {
  #done: number
  readonly #methods: Map<
    MethodId,
    Record<World, { stops: number[]; covered: number; judged: number }>
  >

  constructor(ids: readonly MethodId[], stored?: PeekTally) {
    this.#done = stored?.done ?? 0
    const open = ({ stops, covered, judged }: MethodTally) => ({
      stops: [...stops],
      covered,
      judged,
    })
    this.#methods = new Map(
      ids.map((id) => {
        const known = stored?.methods[id]
        return [id, { aa: open(known?.aa ?? none), ab: open(known?.ab ?? none) }]
      }),
    )
  }

  get done(): number {
    return this.#done
  }

  /** @param watched per world, one entry per method in the order of the constructor */
  add(watched: Readonly<Record<World, readonly Watched[]>>): void {
    let place = 0
    for (const tally of this.#methods.values()) {
      for (const world of worlds) {
        const { stop, covered } = watched[world][place]!
        tally[world].stops.push(stop)
        if (covered !== null) tally[world].judged++
        if (covered === true) tally[world].covered++
      }
      place++
    }
    this.#done++
  }

  state(): PeekTally {
    const columns = ({
      stops,
      covered,
      judged,
    }: {
      stops: number[]
      covered: number
      judged: number
    }) => ({
      stops: Int32Array.from(stops),
      covered,
      judged,
    })
    return {
      done: this.#done,
      methods: Object.fromEntries(
        [...this.#methods].map(([id, { aa, ab }]) => [id, { aa: columns(aa), ab: columns(ab) }]),
      ),
    }
  }
}
