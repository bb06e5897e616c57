import { assertNever } from '#core/assertNever'
import { factorised } from './factorised.ts'
import type { ItemVectors } from './itemVectors.ts'
import type { RepresentationParams } from './params.ts'
import { ratingColumns } from './ratingColumns.ts'
import type { RepresentationInput } from './representation.ts'
import { variational } from './variational.ts'

/**
 * A vector for every item, as the parameters say; yields the share of the work that is done.
 * @throws RangeError if content vectors are asked for where the items have none
 */
export function represent(
  params: RepresentationParams,
  input: RepresentationInput,
): Generator<number, ItemVectors> {
  switch (params.kind) {
    case 'rating':
      return ratingColumns(params, input)
    case 'factorised':
      return factorised(params, input)
    case 'vae':
      return variational(params, input)
    case 'content':
      return given(input)
    default:
      return assertNever(params)
  }
}

function* given({ content }: RepresentationInput): Generator<number, ItemVectors> {
  if (!content) {
    throw new RangeError(
      'representation.kind is content, but the items came without vectors: choose rating, factorised or vae',
    )
  }
  return content
}
