import { interleavers } from '#core/interleaver/index'
import type { Draw, Outcome, Vote } from '#core/interleaver/interleaver'
import { sameTop } from '#core/interleaver/prepare'
import { probabilisticDuel } from '#core/interleaver/probabilisticDuel'
import { draftDuel, draftVote, duelSlots, type DuelSlots } from '#core/interleaver/teamDraftDuel'
import type { Rng } from '#core/random/rng'
import type { InterleaverSpec } from '#core/servingParams'

/** Makes the lists of a two-ranker duel and judges their clicks. Buffers are reused. */
export interface DuelList {
  /** Slots of the list made last. */
  readonly slots: DuelSlots
  /** @returns slots filled */
  make(a: Int32Array, b: Int32Array, length: number, rng: Rng): number
  /** Judges the list made last. @param clicked one entry per slot filled */
  judge(clicked: Uint8Array): Judgement
}

interface Judgement {
  readonly outcome: Outcome
  /** In [0, 1]; NaN for a no-vote and for methods without a bounded unbiased value. */
  readonly vote: number
}

/** @param capacity longest list */
export function duelList(spec: InterleaverSpec, capacity: number): DuelList {
  if (spec.kind === 'teamDraft' && spec.sharedDocs === 'drawer') return teamDraftList(capacity)
  if (spec.kind === 'probabilistic' && spec.sampling !== 'noReplace') {
    return probabilisticList(spec.tau, capacity)
  }
  return generalList(spec, capacity)
}

const votes = { a: 1, b: 0, tie: 0.5, noVote: Number.NaN } as const

/** The rarer options, by the general implementation. */
function generalList(spec: InterleaverSpec, capacity: number): DuelList {
  const slots = duelSlots(capacity)
  const serve = (
    interleave: (rankings: readonly Int32Array[], length: number, rng: Rng) => Draw,
    credit: (draw: Draw, rankings: readonly Int32Array[], clicked: readonly boolean[]) => Judgement,
  ): DuelList => {
    let draw: Draw
    let rankings: readonly Int32Array[]
    return {
      slots,
      make(a, b, length, rng) {
        rankings = [a.slice(), b.slice()]
        draw = interleave(rankings, length, rng)
        draw.list.forEach((item, slot) => {
          slots.items[slot] = Number(item)
          slots.teams[slot] = draw.teams?.[slot] ?? -1
        })
        return draw.list.length
      },
      judge: (clicked) =>
        credit(
          draw,
          rankings,
          draw.list.map((_, slot) => clicked[slot] === 1),
        ),
    }
  }
  switch (spec.kind) {
    case 'teamDraft': {
      const params = interleavers.teamDraft.params.parse({ sharedDocs: spec.sharedDocs })
      return serve(
        (rankings, length, rng) => interleavers.teamDraft.interleave(rankings, length, params, rng),
        (draw, rankings, clicked) =>
          judgement(interleavers.teamDraft.credit(draw, rankings, clicked, params)),
      )
    }
    case 'probabilistic': {
      const { tau, sampling } = spec
      const params = interleavers.probabilistic.params.parse({ tau, sampling })
      return serve(
        (rankings, length, rng) =>
          interleavers.probabilistic.interleave(rankings, length, params, rng),
        (draw, rankings, clicked) =>
          judgement(interleavers.probabilistic.credit(draw, rankings, clicked, params)),
      )
    }
  }
}

const judgement = (vote: Vote): Judgement => ({
  outcome: vote.outcome,
  vote: vote.voteValue ?? Number.NaN,
})

function teamDraftList(capacity: number): DuelList {
  const slots = duelSlots(capacity)
  let served = 0
  let identical = false
  return {
    slots,
    make(a, b, length, rng) {
      served = draftDuel(a, b, length, slots, rng)
      identical = sameTop(a, b, served)
      return served
    },
    judge(clicked) {
      const outcome = draftVote(slots.teams, served, identical, clicked)
      return { outcome, vote: votes[outcome] }
    },
  }
}

function probabilisticList(tau: number, capacity: number): DuelList {
  const slots = duelSlots(capacity)
  const duel = probabilisticDuel(tau, capacity, capacity)
  let a: Int32Array
  let b: Int32Array
  let served = 0
  return {
    slots,
    make(left, right, length, rng) {
      a = left
      b = right
      served = duel.interleave(a, b, length, slots, rng)
      return served
    },
    judge(clicked) {
      let clicks = 0
      for (let slot = 0; slot < served; slot++) clicks += clicked[slot]!
      if (clicks === 0) return { outcome: 'noVote', vote: Number.NaN }
      if (sameTop(a, b, served)) return { outcome: 'tie', vote: 0.5 }
      const sign = duel.expectedSign(a, b, slots.items, served, clicked)
      if (Math.abs(sign) <= 1e-12) return { outcome: 'tie', vote: 0.5 }
      return { outcome: sign > 0 ? 'a' : 'b', vote: 0.5 + 0.5 * sign }
    },
  }
}
