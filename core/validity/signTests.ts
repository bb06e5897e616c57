import type { SimulatedWorld } from '#core/environment/params'
import { studentInverse } from '#core/stats/special'
import type { Estimate } from '#core/run/summary'
import type { Played, PolicyId } from './playWorld.ts'
import type { ValidityCheck } from './validityReport.ts'

/** Plays a variant of the world; the same seed meets the same users and coins. */
export type Play = (environment: SimulatedWorld, policy: PolicyId, seed: number) => Played

/** A difference that must have a sign, or must vanish. */
export interface Contrast {
  readonly check: Pick<ValidityCheck, 'block' | 'id' | 'unit'>
  readonly expects: 'up' | 'down' | 'zero'
  readonly difference: (seed: number) => number | null
}

/** A panel has many rows: at 95 % one of twenty true zeros would be called an effect. */
const level = 0.99

/** What each kind of world has to show, as paired differences over seeds. */
export function contrastsOf(world: SimulatedWorld, play: Play): readonly Contrast[] {
  const rate = (environment: SimulatedWorld, policy: PolicyId, seed: number) =>
    ctr(play(environment, policy, seed))
  const swapped: Contrast = {
    check: { block: 'leaks', id: 'swappedUsers', unit: 'difference' },
    expects: 'down',
    difference: (seed) => rate(world, 'swapped', seed) - rate(world, 'factors', seed),
  }
  const tastesOff = (without: SimulatedWorld): Contrast => ({
    check: { block: 'falsification', id: 'tastesOff', unit: 'difference' },
    expects: 'zero',
    difference: (seed) => {
      // against the tastes of others, not against random lists: any fixed order shows again what was
      // not clicked; and another world each time, as one finite world has its own accidents
      const world = 'worldSeed' in without ? { ...without, worldSeed: seed } : without
      return rate(world, 'factors', seed) - rate(world, 'swapped', seed)
    },
  })
  switch (world.kind) {
    case 'ratings':
      return [swapped]
    case 'lowRank':
      return [swapped]
    case 'typedLatent':
      return [
        {
          check: { block: 'signs', id: 'likeUp', unit: 'difference' },
          expects: 'up',
          difference: (seed) => {
            const fewer = { ...world, likeSame: world.likeSame / 2 }
            return rate(world, 'oracle', seed) - rate(fewer, 'oracle', seed)
          },
        },
        swapped,
        tastesOff({ ...world, likeSame: 0.3, likeOther: 0.3 }),
      ]
    case 'news': {
      // c has to stay, or the calibration would take back what is changed
      const fixed = { ...world, targetCtr: 0, offset: calibratedOffset(world) }
      const bored = { ...fixed, boredom: 2, returnEffect: 0 }
      const calm = { ...fixed, boredom: 0, returnEffect: 0 }
      const tied = { ...fixed, returnEffect: 2 }
      const plain = { tasteWeight: 0, tasteDrift: 0, tasteJump: 0, boredom: 0 }
      return [
        {
          check: { block: 'signs', id: 'qualityUp', unit: 'difference' },
          expects: 'up',
          difference: (seed) =>
            rate({ ...fixed, qualityMean: world.qualityMean + 0.5 }, 'random', seed) -
            rate(fixed, 'random', seed),
        },
        {
          check: { block: 'signs', id: 'satisfactionUp', unit: 'hours' },
          expects: 'down',
          difference: (seed) =>
            meanDailyGap(play(tied, 'oracle', seed)) - meanDailyGap(play(tied, 'random', seed)),
        },
        {
          check: { block: 'signs', id: 'boredomUp', unit: 'difference' },
          expects: 'down',
          difference: (seed) => rate(bored, 'oracle', seed) - rate(calm, 'oracle', seed),
        },
        {
          check: { block: 'signs', id: 'boredomDiversity', unit: 'similarity' },
          expects: 'down',
          difference: (seed) => {
            const [more, less] = [play(bored, 'oracle', seed), play(calm, 'oracle', seed)]
            if (more.similarity === null || less.similarity === null) return null
            return more.similarity - less.similarity
          },
        },
        swapped,
        tastesOff({ ...world, ...plain }),
      ]
    }
    case 'sessions': {
      const gain = (flips: number, seed: number) => {
        const flipped = { ...world, flips }
        return rate(flipped, 'popularity', seed) - rate(flipped, 'random', seed)
      }
      return [
        {
          check: { block: 'signs', id: 'popularityBeatsRandom', unit: 'difference' },
          expects: 'up',
          difference: (seed) => gain(0, seed),
        },
        {
          check: { block: 'signs', id: 'flipsUp', unit: 'difference' },
          expects: 'down',
          difference: (seed) => gain(Math.floor(world.products / 2), seed) - gain(0, seed),
        },
      ]
    }
  }
  function calibratedOffset(news: Extract<SimulatedWorld, { kind: 'news' }>): number {
    return play(news, 'random', 0).calibration?.offset ?? news.offset
  }
}

/** Clicks per shown item. */
export function ctr({ clicks, items }: Played): number {
  let [sum, n] = [0, 0]
  clicks.forEach((c, user) => {
    sum += c
    n += items[user]!
  })
  return sum / n
}

/** Mean gap of more than an hour, in hours. */
function meanDailyGap({ gaps }: Played): number {
  const long = gaps.filter((gap) => gap > 3600)
  return long.reduce((sum, gap) => sum + gap, 0) / long.length / 3600
}

/**
 * The differences of all seeds. A sign passes when every seed has it; nothing passes as zero unless the
 * interval over seeds holds 0.
 */
export function judge(
  { check, expects, difference }: Contrast,
  seeds: readonly number[],
): ValidityCheck {
  const found = seeds.map(difference).filter((d) => d !== null && Number.isFinite(d)) as number[]
  const estimate = overSeeds(found)
  const passes = {
    up: found.length > 0 && found.every((d) => d > 0),
    down: found.length > 0 && found.every((d) => d < 0),
    zero: estimate.low !== null && estimate.low <= 0 && estimate.high! >= 0,
  }[expects]
  const expected = expects === 'zero' ? 0 : null
  return { ...check, estimate, expected, verdict: passes ? 'pass' : 'fail' }
}

/** Student's interval of a mean over seeds. */
function overSeeds(values: readonly number[]): Estimate {
  const n = values.length
  if (n === 0) return { value: null, low: null, high: null, n, reason: 'noData' }
  const mean = values.reduce((sum, x) => sum + x, 0) / n
  if (n < 2) return { value: mean, low: null, high: null, n, reason: 'notEstimable' }
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1)
  const half = studentInverse(1 - (1 - level) / 2, n - 1) * Math.sqrt(variance / n)
  return { value: mean, low: mean - half, high: mean + half, n }
}
