import type { ExperimentSpec } from '#core/experimentSpec'
import { roundOf } from '#core/explorer/index'
import { rboExtrapolated } from '#core/metric/rbo'
import { assumedVotes, decisivePerUser, planNeeds, type VoteShares } from '#core/planNeeds'
import type { Ranker } from '#core/ranker/ranker'
import { soleList } from '#core/run/soleList'
import { interleavedList, type ServedList } from '#core/run/servedList'
import { decisivePower } from '#core/stats/powerInterleaving'
import type { OpenedPreview } from './openPreview.ts'
import type { OverlapCurve, PlanPreview, PowerCurve, PreviewVotes, Spread } from './planPreview.ts'
import { strengthOf } from './strength.ts'

/** RBO's persistence: the first ten ranks carry about 86 % of the weight. */
const PERSISTENCE = 0.9
/** Draws of the sides that a preview averages over, and those of a point of the curve. */
const DRAWS = 4
const CURVE_DRAWS = 2
/** Lists that are interleaved and answered per request and draw. */
const ANSWERS = 2
/** Requests whose lists are told. */
const TOLD = 6
/** Below this share of decisive votes no number of users is told. */
const LEAST_DECISIVE = 0.01

/**
 * What a plan would show first. Requests, networks, draws of ΔW and coins are the same whatever the
 * explorer's strength is, so that two previews differ by that strength alone.
 *
 * @param spec small; of the world that `opened` was made of
 * @param plan the whole plan, for the sizes
 */
export function previewPlan(
  opened: OpenedPreview,
  spec: ExperimentSpec,
  plan: ExperimentSpec,
  smaller: PlanPreview['smaller'],
): PlanPreview {
  const { contexts, stream } = opened
  const served = servedList(spec, opened.k)
  const clicked = new Uint8Array(opened.k)
  const overlaps: number[] = []
  const lists: PlanPreview['lists'][number][] = []
  const counts = { impressions: 0, ties: 0, noVotes: 0, identical: 0 }
  const clicks = { a: 0, b: 0 }
  let draws = 0
  opened.eachRound(spec, DRAWS, (sides) => {
    const ranked = sides.map((side) => contexts.rank(side))
    for (let row = 0; row < contexts.rows; row++) {
      const of = ranked.map((side) => side[row]!)
      const [a, b] = [of[0]!, of[1]!]
      overlaps.push(overlapOf(a, b))
      clicks.a += contexts.begin(row, a)
      clicks.b += contexts.begin(row, b)
      if (draws === 0 && lists.length < TOLD) lists.push({ a: [...a], b: [...b] })
      for (let answer = 0; served && answer < ANSWERS; answer++) {
        const coin = (draws * contexts.rows + row) * ANSWERS + answer
        const length = served.make(of, a.length, row, stream('preview interleave', coin))
        contexts.begin(row, served.items.subarray(0, length))
        opened.clicks.draw(stream('preview click', coin), clicked)
        served.judge(clicked.subarray(0, length))
        counts.impressions++
        if (served.outcomes[0] === 'tie') counts.ties++
        if (served.outcomes[0] === 'noVote') counts.noVotes++
        if (of.every((list) => sameList(list, a))) counts.identical++
      }
    }
    draws++
  })
  const votes = served ? sharesOf(counts) : null
  const shares = votes && {
    ...assumedVotes,
    tieRate: votes.ties,
    noVoteRate: votes.noVotes,
  }
  const decides = shares && 1 - shares.tieRate - shares.noVoteRate >= LEAST_DECISIVE
  const needs = decides ? planNeeds(plan, shares) : null
  return {
    lists,
    overlap: spreadOf(overlaps),
    curve: overlapCurve(opened, spec),
    votes,
    clicks: { a: clicks.a / overlaps.length, b: clicks.b / overlaps.length },
    needs,
    power: needs && shares ? powerCurve(plan, shares, needs.detectable) : null,
    requests: contexts.rows,
    draws,
    smaller,
  }
}

/** As `Run` chooses it; null in a split, whose lists are whole. */
function servedList(spec: ExperimentSpec, k: number): ServedList | null {
  if (spec.design === 'split') return null
  if (spec.design === 'duel') return interleavedList(spec.interleaver, spec.rankers.length, k)
  const { sides, list } = roundOf(spec.explorer)
  return list === 'sideB' ? soleList(1, k) : interleavedList(spec.interleaver, sides, k)
}

const curves = new WeakMap<OpenedPreview, { readonly key: string; readonly curve: OverlapCurve }>()

/** The curve of an opened preview; it stays as long as only the strength itself is changed. */
function overlapCurve(opened: OpenedPreview, spec: ExperimentSpec): OverlapCurve | null {
  const strength = spec.design === 'explore' ? strengthOf(spec.explorer) : null
  if (!strength) return null
  const { field, grid, at } = strength
  const key = JSON.stringify([field, grid, at(grid[0]!)])
  const held = curves.get(opened)
  if (held?.key === key) return held.curve
  const curve: OverlapCurve = {
    field,
    x: grid,
    overlap: grid.map((x) => overlapAt(opened, { ...spec, explorer: at(x) })),
  }
  curves.set(opened, { key, curve })
  return curve
}

function overlapAt(opened: OpenedPreview, spec: ExperimentSpec): Spread {
  const { contexts } = opened
  const overlaps: number[] = []
  opened.eachRound(spec, CURVE_DRAWS, (sides: readonly Ranker[]) => {
    const a = contexts.rank(sides[0]!)
    const b = contexts.rank(sides[1]!)
    a.forEach((list, row) => overlaps.push(overlapOf(list, b[row]!)))
  })
  return spreadOf(overlaps)
}

/** Two empty lists agree. */
const overlapOf = (a: Int32Array, b: Int32Array): number =>
  rboExtrapolated([...a], [...b], PERSISTENCE) ?? 1

const sameList = (one: Int32Array, other: Int32Array): boolean =>
  one.length === other.length && one.every((item, rank) => item === other[rank])

function sharesOf({ impressions, ties, noVotes, identical }: PreviewVotes): PreviewVotes {
  return {
    impressions,
    ties: ties / impressions,
    noVotes: noVotes / impressions,
    identical: identical / impressions,
  }
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!
  const sum = sorted.reduce((total, value) => total + value, 0)
  return { mean: sum / sorted.length, low: at(0.1), high: at(0.9) }
}

/** Up to twice the planned users. */
function powerCurve(plan: ExperimentSpec, votes: VoteShares, detectable: number): PowerCurve {
  const { minimumEffect, errorRate } = plan.analysis
  const effect = minimumEffect > 0 ? minimumEffect : detectable
  const users = Array.from({ length: 41 }, (_, i) => (plan.traffic.users * i) / 20)
  const perUser = decisivePerUser(plan.traffic.impressionsPerUser, votes)
  return {
    effect,
    isNamed: minimumEffect > 0,
    users,
    power: users.map((n) => decisivePower(n * perUser, 0.5 + effect, errorRate)),
  }
}
