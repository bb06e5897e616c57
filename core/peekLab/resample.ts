import type { Rng } from '#core/random/rng'
import type { PilotVotes } from './pilotVotes.ts'

/** A user whose enrolment has closed, as far as any method looks. */
export interface ClosedUser {
  /** Mean vote value in [0, 1]; NaN for a user without a vote, who enters no method. */
  readonly score: number
  readonly wins: number // votes for A
  readonly losses: number
  readonly ties: number
}

/**
 * How votes are moved so that the mean score becomes ½ + Δ: each vote for the losing side changes
 * sides with this probability.
 */
export interface Shift {
  readonly probability: number
  readonly towards: 'a' | 'b'
  /** The Δ that follows exactly; less than was asked for when even all votes are not enough. */
  readonly achieved: number
}

/** The largest |Δ| that moving votes can make: every decisive vote on one side. */
export function largestEffect({ users, start, votes }: PilotVotes): number {
  let total = 0
  let voting = 0
  for (let u = 0; u < users; u++) {
    const [from, to] = [start[u]!, start[u + 1]!]
    if (from === to) continue
    let strength = 0
    for (let i = from; i < to; i++) strength += Math.abs(votes[i]! - 0.5)
    total += strength / (to - from)
    voting++
  }
  return voting === 0 ? 0 : total / voting
}

/**
 * The shift that turns users with exchangeable sides into users who prefer A by Δ.
 *
 * After a fair flip of a user's sides each of the user's votes x is below ½ as often as above, by
 * the same distance. Moving a vote below ½ to 1 − x with probability q adds 2|x − ½| with
 * probability q/2, hence q·mean|x − ½| to the user's expected score: q = Δ / mean_u mean|x − ½|.
 * Ties stay ties and no-votes stay no-votes, so that the traffic looks as it did.
 *
 * @param delta wanted Δ, in [−0.5, 0.5]
 */
export function shiftTo(pilot: PilotVotes, delta: number): Shift {
  const largest = largestEffect(pilot)
  const probability = largest === 0 ? 0 : Math.min(1, Math.abs(delta) / largest)
  const achieved = Math.sign(delta) * probability * largest
  return { probability, towards: delta < 0 ? 'b' : 'a', achieved: achieved === 0 ? 0 : achieved }
}

/** One repetition without a preference, and the same users with one. */
export interface Repetition {
  readonly aa: readonly ClosedUser[]
  readonly ab: readonly ClosedUser[]
}

/**
 * As many users as the pilot had, drawn with replacement one after another as they arrive, each with
 * both sides exchanged by a fair coin: whatever the pilot preferred, the truth of `aa` is Δ = 0.
 * `ab` are the same users and coins with votes moved by `shift`, so that the two are paired.
 *
 * A trend within the pilot is not kept: the draws are independent, and the truth is one number.
 */
export function resample(
  pilot: PilotVotes,
  shift: Shift,
  rng: { readonly users: Rng; readonly shift: Rng },
): Repetition {
  const aa: ClosedUser[] = []
  const ab: ClosedUser[] = []
  for (let n = 0; n < pilot.users; n++) {
    const drawn = rng.users.int(pilot.users)
    const mirrored = rng.users.u() < 0.5
    const votes = pilot.votes.slice(pilot.start[drawn], pilot.start[drawn + 1])
    if (mirrored) for (let i = 0; i < votes.length; i++) votes[i] = 1 - votes[i]!
    aa.push(closedUser(votes))
    move(votes, shift, rng.shift)
    ab.push(closedUser(votes))
  }
  return { aa, ab }
}

function move(votes: Float64Array, { probability, towards }: Shift, rng: Rng): void {
  for (let i = 0; i < votes.length; i++) {
    const x = votes[i]!
    const loses = towards === 'a' ? x < 0.5 : x > 0.5
    if (loses && rng.u() < probability) votes[i] = 1 - x
  }
}

/** What the methods see of a user's votes, values in [0, 1]. */
export function closedUser(votes: ArrayLike<number>): ClosedUser {
  let [sum, wins, losses] = [0, 0, 0]
  for (let i = 0; i < votes.length; i++) {
    const x = votes[i]!
    sum += x
    if (x > 0.5) wins++
    else if (x < 0.5) losses++
  }
  return { score: sum / votes.length, wins, losses, ties: votes.length - wins - losses }
}
