import type { LogFacts, LogPiece } from '#core/dataset/kinds/interleaving'
import { mostRankers } from '#core/ranker/params'
import type { InterleaverSpec } from '#core/servingParams'
import { agreesWithDraft } from './agreesWithDraft.ts'
import { draftTeams } from './draftTeams.ts'
import { LogError } from './logError.ts'
import type { LogPlan } from './logPlan.ts'
import { sourceList } from './sourceLists.ts'

/** One impression as the methods need it: plain arrays of its slots, top first. */
export interface LoggedList {
  readonly items: readonly number[]
  /** Side per slot by the plan's order, −1 = neutral or not certain. */
  readonly teams: readonly number[]
  /** Per side, where source ranks were logged. */
  readonly rankings: readonly (readonly number[])[] | null
  /** Whether the method can have made this list with these teams; null where that is unknown. */
  readonly consistent: boolean | null
}

/** Reads the lists of a log one at a time, in the plan's order of the sides. */
export interface LoggedLists {
  readonly sides: readonly Side[]
  /** Whether lists come with their source rankings. */
  readonly ranked: boolean
  /** @param list of the piece */
  read(piece: LogPiece, list: number): LoggedList
  /** As `read` tells them, of all lists of a piece; [rows]. */
  teams(piece: LogPiece): Int8Array
}

/**
 * @throws LogError when the plan names sides that the log does not have, or needs source ranks that
 * were not logged
 */
export function loggedLists(log: LogFacts, plan: LogPlan): LoggedLists {
  const sides = sidesOfLog(log, plan)
  const { interleaver, design } = plan
  const hasRanks = log.has.ranks
  // ranks are logged for the first two teams of the log
  const rankSides = sides.map(({ team }) => log.teams.indexOf(team))
  const ranked = hasRanks && sides.length === 2
  if (design === 'interleaving' && interleaver.kind !== 'teamDraft' && !ranked) {
    throw new LogError(
      'interleaver.kind',
      `${interleaver.kind} credits a click by the ranks of the item in both source rankings, which ${hasRanks ? 'are logged for two sides only' : 'are not logged'}; choose teamDraft or log rank_a and rank_b`,
    )
  }
  if (!log.has.team && design === 'split') {
    throw new LogError('design', 'a split needs the team column, the ranker that each user saw')
  }
  const sideOfTeam = Int8Array.from(log.teams, (name) =>
    sides.findIndex(({ team }) => team === name),
  )
  const sideOf = (team: number) => (team < 0 ? -1 : sideOfTeam[team]!)
  function read(piece: LogPiece, list: number): LoggedList {
    const [from, to] = [piece.first[list]!, piece.first[list + 1]!]
    const items = Array.from(piece.item.subarray(from, to))
    const logged = piece.team && Array.from(piece.team.subarray(from, to), sideOf)
    if (design === 'split' || !ranked) {
      return { items, teams: logged ?? items.map(() => -1), rankings: null, consistent: null }
    }
    const length = plan.rankingLength ?? items.length
    const rankings = rankSides.map((side) => {
      const ranks = (side === 0 ? piece.rankA : piece.rankB)!.subarray(from, to)
      return sourceList(items, ranks, length, side === 0 ? -1 : -100_001)
    })
    return { items, rankings, ...teamsOf(items, rankings, logged, interleaver) }
  }
  return {
    sides,
    ranked: ranked && design !== 'split',
    read,
    teams(piece) {
      if (piece.team) return piece.team.map(sideOf)
      const teams = new Int8Array(piece.item.length)
      for (let list = 0; list < piece.count; list++) {
        teams.set(read(piece, list).teams, piece.first[list])
      }
      return teams
    },
  }
}

type Side = LogPlan['sides'][number]

function sidesOfLog({ teams }: LogFacts, plan: LogPlan): readonly Side[] {
  const sides = plan.sides.length > 0 ? plan.sides : teams.map((team) => ({ team }))
  if (sides.length < 2 || sides.length > mostRankers) {
    throw new LogError(
      'sides',
      `${sides.length} teams (${teams.join(', ')}) where 2 to ${mostRankers} can be compared; name those to compare`,
    )
  }
  const unknown = sides.find(({ team }) => !teams.includes(team))
  if (unknown) {
    throw new LogError(
      'sides',
      `"${unknown.team}" is not in the log, whose teams are ${teams.join(', ')}`,
    )
  }
  return sides
}

/** Logged teams, checked against the rankings; where none were logged, those that are certain. */
function teamsOf(
  items: readonly number[],
  rankings: readonly (readonly number[])[],
  logged: readonly number[] | null,
  interleaver: InterleaverSpec,
): Pick<LoggedList, 'teams' | 'consistent'> {
  if (interleaver.kind === 'teamDraft') {
    const [a, b] = rankings
    if (logged && interleaver.sharedDocs === 'drawer' && agreesWithDraft(items, logged, a!, b!)) {
      return { teams: logged, consistent: true }
    }
    const possible = draftTeams(items, rankings, interleaver.sharedDocs, logged)
    if (logged) return { teams: logged, consistent: possible !== null }
    const teams = items.map((_, slot) => {
      const sides = possible?.[slot]
      return sides?.size === 1 ? [...sides][0]! : -1
    })
    return { teams, consistent: possible !== null }
  }
  const owns = (item: number, side: number) => rankings[side]!.includes(item)
  if (!logged) {
    const known = items.every((item) => rankings.some((ranking) => ranking.includes(item)))
    return { teams: items.map(() => -1), consistent: known }
  }
  return {
    teams: logged,
    consistent: items.every((item, slot) => logged[slot]! < 0 || owns(item, logged[slot]!)),
  }
}
