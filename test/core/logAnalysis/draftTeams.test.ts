import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { teamDraft } from '#core/interleaver/teamDraft'
import { agreesWithDraft } from '#core/logAnalysis/agreesWithDraft'
import { draftTeams } from '#core/logAnalysis/draftTeams'

const rules = ['drawer', 'prefix_neutral', 'same_rank_neutral', 'same_pick_neutral'] as const
const rankings = fc
  .tuple(
    fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 4, maxLength: 4 }),
    fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 4, maxLength: 4 }),
  )
  .map((pair) => [...pair])

describe.each(rules)('teams of a draft by %s', (sharedDocs) => {
  const params = { sharedDocs, lengthPolicy: 'strict', creditTail: false } as const
  const law = (lists: number[][]) =>
    teamDraft
      .distribution(lists, 4, params)
      .map(({ list, teams }) => ({ list: list as readonly number[], teams: teams! }))

  it('are exactly those that the draft can give', () => {
    fc.assert(
      fc.property(rankings, (lists) => {
        const all = law(lists)
        for (const { list } of all) {
          const same = all.filter((other) => other.list.join() === list.join())
          const expected = list.map((_, slot) => new Set(same.map(({ teams }) => teams[slot])))
          expect(draftTeams(list, lists, sharedDocs)).toEqual(expected)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('are refused when they are others, or when the list is', () => {
    fc.assert(
      fc.property(rankings, (lists) => {
        const all = law(lists)
        const { list, teams } = all[0]!
        expect(draftTeams(list, lists, sharedDocs, teams)).not.toBeNull()
        if (sharedDocs === 'drawer') {
          expect(agreesWithDraft(list, teams, lists[0]!, lists[1]!)).toBe(true)
        }
        const swapped = teams.map((team) => (team < 0 ? team : 1 - team))
        const exists = all.some(
          (other) => other.list.join() === list.join() && other.teams.join() === swapped.join(),
        )
        expect(draftTeams(list, lists, sharedDocs, swapped) !== null).toBe(exists)
        if (sharedDocs === 'drawer') {
          expect(agreesWithDraft(list, swapped, lists[0]!, lists[1]!)).toBe(exists)
        }
        const turned = [...list].reverse()
        const shown = all.some((other) => other.list.join() === turned.join())
        expect(draftTeams(turned, lists, sharedDocs) !== null).toBe(shown)
      }),
      { numRuns: 40 },
    )
  })
})
