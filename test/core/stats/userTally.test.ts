import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { userScore } from '#core/stats/userScore'
import { UserTally } from '#core/stats/userTally'

const outcomes = ['a', 'b', 'tie', 'noVote'] as const
const voteOf = { a: 1, b: 0, tie: 0.5, noVote: null } as const

describe('UserTally', () => {
  it('counts what was added, also across a checkpoint, and scores it as the rule says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4), fc.constantFrom(...outcomes)), { maxLength: 80 }),
        fc.nat(80),
        (impressions, checkpoint) => {
          let tally = new UserTally(5)
          impressions.forEach(([user, outcome], i) => {
            if (i === checkpoint) tally = new UserTally(structuredClone(tally.state()))
            tally.add(user, outcome, voteOf[outcome])
          })
          for (let user = 0; user < 5; user++) {
            const own = impressions.filter(([u]) => u === user).map(([, outcome]) => outcome)
            const count = (o: string) => own.filter((outcome) => outcome === o).length
            const votes = { winsA: count('a'), winsB: count('b'), ties: count('tie') }
            expect(tally.votes(user)).toMatchObject({ ...votes, noVotes: count('noVote') })
            expect(tally.close(user)).toBe(userScore(votes, 'mean'))
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  it('means soft votes', () => {
    const tally = new UserTally(1)
    tally.add(0, 'a', 0.75)
    tally.add(0, 'b', 0.25)
    tally.add(0, 'a', 0.8)
    expect(tally.close(0)).toBeCloseTo(0.6, 15)
  })

  it('lets a user enter once', () => {
    const tally = new UserTally(2)
    tally.add(0, 'a', 1)
    tally.close(0)
    expect(tally.isClosed(0)).toBe(true)
    expect(() => tally.close(0)).toThrow('user 0 has closed')
    expect(() => tally.add(0, 'a', 1)).toThrow('user 0 has closed')
    expect(tally.isClosed(1)).toBe(false)
  })

  it('names users without a vote by null and leaves them out of the clusters', () => {
    const tally = new UserTally(3)
    tally.add(1, 'noVote', null)
    tally.add(2, 'b', 0)
    expect([tally.close(0), tally.close(1), tally.close(2)]).toEqual([null, null, 0])
    expect(tally.closedVotes()).toEqual([{ winsA: 0, winsB: 1, ties: 0, noVotes: 0, voteSum: 0 }])
  })

  it('refuses unknown users and votes that do not fit', () => {
    const tally = new UserTally(1)
    expect(() => tally.add(1, 'a', 1)).toThrow('user 1')
    expect(() => tally.add(0, 'noVote', 0.5)).toThrow('vote 0.5')
    expect(() => tally.add(0, 'a', null)).toThrow('vote null')
    expect(() => tally.add(0, 'a', NaN)).toThrow('vote NaN')
    expect(() => tally.add(0, 'tie', 1.5)).toThrow('vote 1.5')
  })

  it('scores signs', () => {
    expect(userScore({ winsA: 5, winsB: 1, ties: 9 }, 'sign')).toBe(1)
    expect(userScore({ winsA: 2, winsB: 2, ties: 0 }, 'sign')).toBe(0.5)
    expect(userScore({ winsA: 0, winsB: 1, ties: 0 }, 'sign')).toBe(0)
    expect(userScore({ winsA: 0, winsB: 0, ties: 0 }, 'sign')).toBeNull()
  })
})
