/** A stream of pseudo-random numbers. Every random choice in the program takes one as an argument. */
export interface Rng {
  /** Uniform in [0, 1). */
  u(): number
  /** Uniform integer in [0, m), as floor(u·m). A forced choice (m = 1) draws nothing. */
  int(m: number): number
}

/** An `Rng` from any source of uniforms in [0, 1). */
export function rngFrom(u: () => number): Rng {
  return { u, int: (m) => (m <= 1 ? 0 : Math.floor(u() * m)) }
}
