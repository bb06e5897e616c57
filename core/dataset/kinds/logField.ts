/**
 * What a value of a log means, which decides how it is read and what is wrong with it:
 * `id` any text · `time` unix seconds or ISO 8601 · `flag` 0 or 1 · `count` integer from 0 ·
 * `amount` number from 0 · `number` any finite number · `position` integer from 0 or 1 ·
 * `share` in (0, 1] · `team` a name of few · `items` ids apart by blanks · `labelled` such ids with
 * `-0` or `-1` at the end · `any` kept as it is.
 */
export type FieldType =
  | 'id'
  | 'time'
  | 'flag'
  | 'count'
  | 'amount'
  | 'number'
  | 'position'
  | 'share'
  | 'team'
  | 'items'
  | 'labelled'
  | 'any'

/** A field that a log of some kind has, whatever its file calls it. */
export interface LogField {
  readonly name: string
  readonly type: FieldType
  /** Left out, rows can not be read; `alternatives` of the kind tells where one of several will do. */
  readonly required: boolean
  /** Takes any number of columns, which keep their names: contexts, segments, features. */
  readonly many?: true
  /** Headers that mean it, in lower case and without blanks, `_`, `-` and `.`; its own name too. */
  readonly knownAs: readonly string[]
}

/** A kind of log: what its rows hold. */
export interface LogKind {
  readonly fields: readonly LogField[]
  /** Sets of fields of which one must be there whole, such as a team or both source ranks. */
  readonly alternatives: readonly (readonly string[])[]
}

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '))

/** A field that every row must have. */
export const required = (name: string, type: FieldType, knownAs = ''): LogField => ({
  name,
  type,
  required: true,
  knownAs: words(knownAs),
})

export const optional = (name: string, type: FieldType, knownAs = ''): LogField => ({
  name,
  type,
  required: false,
  knownAs: words(knownAs),
})

/** A header as it is compared: `User ID` and `user_id` are one. */
export const plainHeader = (header: string): string => header.toLowerCase().replace(/[\s_.-]/g, '')
