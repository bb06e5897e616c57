import { streams } from '#core/random/philox'
import { votesByUser, type PilotVotes } from '#core/peekLab/pilotVotes'
import { simulateUser, type Population } from '#core/stats/calibration/simulatedUsers'

/** Votes of a population with uniform activity, as a pilot run would give them. */
export function pilotOf(population: Population, seed = 1): PilotVotes {
  const stream = streams(seed)
  const user: number[] = []
  const vote: number[] = []
  for (let u = 0; u < population.users; u++) {
    user.push(u)
    vote.push(Number.NaN) // one list without a click, so that nobody goes unseen
    for (const x of simulateUser(population, null, stream('pilot', u))) {
      user.push(u)
      vote.push(x)
    }
  }
  return votesByUser({ user: Int32Array.from(user), vote: Float64Array.from(vote) }, 'vote')
}
