import type { SpecIssue } from '#core/contract/specs'
import type { EnvironmentSpec } from '#core/environment/params'

/** What the settings of a generated world break together. @param environment of a plan or of a validity study */
export function* worldChecks(
  environment: EnvironmentSpec | { readonly kind: 'itemToItem' },
): Generator<SpecIssue> {
  const path = 'environment.ratingsPerUser'
  if (environment.kind === 'lowRank') {
    const { items, ratingsPerUser: value } = environment
    const most = Math.floor(items / 2)
    if (value <= most) return
    yield {
      path,
      value,
      message: `${path} is ${value}; users of this world rate at most half of its ${items} items (environment.items)`,
      fix: most >= 2 ? most : null,
      rule: 'ratingsAboveHalf',
    }
  }
  if (environment.kind !== 'typedLatent') return
  const { items, ratingsPerUser: value, types } = environment
  if (value > items) {
    yield {
      path,
      value,
      message: `${path} is ${value}; there are only ${items} items (environment.items)`,
      fix: items,
      rule: 'ratingsAboveItems',
    }
  }
  if (types > items) {
    yield {
      path: 'environment.types',
      value: types,
      message: `environment.types is ${types}; there are only ${items} items (environment.items)`,
      fix: items,
      rule: 'typesAboveItems',
    }
  }
}
