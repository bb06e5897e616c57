/** The exploratory weights w̃ = w + δu that duel with w (Yue & Joachims, ICML 2009, Alg. 1). */
export function candidateWeights(
  w: Float64Array,
  direction: Float64Array,
  delta: number,
): Float64Array {
  const candidate = w.slice()
  for (let i = 0; i < candidate.length; i++) candidate[i]! += delta * direction[i]!
  return candidate
}

export interface DuelingState {
  readonly w: Float64Array
  /** Step size for the next win. */
  readonly gamma: number
}

/**
 * One update of dueling bandit gradient descent: w ← w + γ·mean(u of the winners), γ ← γ·decay. A
 * tie, a no-vote or a loss is no winner and changes nothing, the step size included.
 *
 * One direction: Yue & Joachims, ICML 2009; several in one multileaved list, with the mean of all
 * that beat w: Schuth et al., WSDM 2016.
 * @param winners the directions u whose candidates strictly beat w
 * @param next receives the new weights; not w itself
 */
export function duelingUpdate(
  state: DuelingState,
  winners: readonly Float64Array[],
  decay: number,
  next: Float64Array = new Float64Array(state.w.length),
): DuelingState {
  if (winners.length === 0) return state
  const { w, gamma } = state
  next.set(w)
  const factor = gamma / winners.length
  for (const direction of winners) {
    for (let i = 0; i < next.length; i++) next[i]! += factor * direction[i]!
  }
  return { w: next, gamma: gamma * decay }
}
