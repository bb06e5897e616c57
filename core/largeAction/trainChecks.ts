import type { SpecIssue } from '#core/contract/specs'
import { longestList } from './fcpo/listFigures.ts'
import type { TrainSpec } from './trainParams.ts'

/** What no single field of a training can tell. What depends on an imported table shows when it is read. */
export function* trainChecks(spec: TrainSpec): Generator<SpecIssue> {
  if (spec.world.kind === 'itemToItem') yield* itemWorldChecks(spec)
  else yield* ratingWorldChecks(spec, spec.world)
}

/** A world of items has no users who rate, and items that come with vectors. */
function* itemWorldChecks(spec: TrainSpec): Generator<SpecIssue> {
  if (spec.kind === 'fcpo') {
    yield {
      path: 'world.kind',
      value: 'itemToItem',
      message:
        'world.kind is "itemToItem", which has no users; the matrix policy needs ratings, as of "typedLatent" or "ratings"',
      fix: 'typedLatent',
      rule: 'needsRatings',
    }
    return
  }
  const { kind } = spec.representation
  if (kind !== 'content') {
    yield {
      path: 'representation.kind',
      value: kind,
      message: `representation.kind is "${kind}", which is learnt from ratings; items of the world "itemToItem" come with vectors: choose "content"`,
      fix: 'content',
      rule: 'vectorsOfItems',
    }
  }
  if (spec.kind !== 'tpgr') return
  const ofRatings = {
    warmUpdates: 'what it imitates is worked out from them',
    headSharpness: 'they give the ridge estimate',
  }
  for (const name of ['warmUpdates', 'headSharpness'] as const) {
    if (spec.agent[name] === 0) continue
    yield {
      path: `agent.${name}`,
      value: spec.agent[name],
      message: `agent.${name} is ${spec.agent[name]}, but the world "itemToItem" has no ratings: ${ofRatings[name]}; 0 switches it off`,
      fix: 0,
      rule: 'needsRatings',
    }
  }
}

type RatingsWorld = Exclude<TrainSpec['world'], { kind: 'itemToItem' }>

function* ratingWorldChecks(spec: TrainSpec, world: RatingsWorld): Generator<SpecIssue> {
  const { minRating, maxRating } = world
  if (maxRating <= minRating) {
    yield {
      path: 'world.maxRating',
      value: maxRating,
      message: `world.maxRating is ${maxRating}; it must exceed world.minRating, which is ${minRating}`,
      fix: minRating < 5 ? 5 : null,
      rule: 'scaleReversed',
    }
  }
  if (spec.kind !== 'fcpo' && spec.representation.kind === 'content') {
    yield {
      path: 'representation.kind',
      value: 'content',
      message: `representation.kind is "content", but the items of the world "${world.kind}" come without vectors: choose "rating", "factorised" or "vae"`,
      fix: 'rating',
      rule: 'vectorsOfRatings',
    }
  }
  if (world.kind === 'typedLatent') yield* typedLatentChecks(spec, world)
}

function* typedLatentChecks(
  spec: TrainSpec,
  { minRating, maxRating, horizon, items }: Extract<RatingsWorld, { kind: 'typedLatent' }>,
): Generator<SpecIssue> {
  const ends = [
    ['minRating', minRating, minRating > 1, 1],
    ['maxRating', maxRating, maxRating < 5 && maxRating > minRating, 5],
  ] as const
  for (const [name, value, isOutside, fix] of ends) {
    if (!isOutside) continue
    yield {
      path: `world.${name}`,
      value,
      message: `world.${name} is ${value}; users of this world rate from 1 to 5`,
      fix,
      rule: 'scaleOfTypes',
    }
  }
  if (horizon > items) {
    yield {
      path: 'world.horizon',
      value: horizon,
      message: `world.horizon is ${horizon}; no item is shown twice, and there are only ${items} (world.items)`,
      fix: items,
      rule: 'horizonAboveItems',
    }
  }
  if (spec.kind !== 'fcpo') return
  const { listLength, steps } = spec.agent
  const asked = Math.max(longestList, listLength * steps)
  if (items <= asked) {
    yield {
      path: 'world.items',
      value: items,
      message: `world.items is ${items}; a user is shown ${listLength * steps} different items (agent.listLength × agent.steps) or, in an evaluation, ${longestList}, beside the ones he is known to like`,
      fix: 2 * asked,
      rule: 'itemsBelowLists',
    }
  }
}
