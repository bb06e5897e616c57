import { assertNever } from '#core/assertNever'
import type { FeatureGroup, StateGroup } from '#core/environment/features'
import { formatInteger, formatNumber } from '#core/format'
import type { Translate } from './i18n.ts'

/** Columns of a vector that are named. */
const STRONGEST = 3

/** A group of a state's columns, as it reads. */
interface StateWords {
  readonly name: string
  readonly means: string
  readonly value: string
  readonly columns: readonly number[]
  readonly isZero: boolean
}

/** A state in words, group by group. */
export function stateWords(
  state: Float32Array,
  features: readonly StateGroup[],
  t: Translate,
): StateWords[] {
  let at = 0
  return features.map((feature) => {
    const columns = Array.from(state.subarray(at, (at += feature.width)))
    return {
      name: nameOf(feature, t),
      means: t(`userNow.means.${feature.name}`),
      value: valueOf(feature, columns, t),
      columns,
      isZero: columns.every((value) => value === 0),
    }
  })
}

/** What a group of columns is called, in a state or of a candidate. */
export const featureName = (feature: FeatureGroup, t: Translate): string =>
  feature.place === 'state' ? nameOf(feature, t) : t(`world.names.${feature.name}`)

function nameOf({ name, hours }: StateGroup, t: Translate): string {
  const plain = t(`userNow.name.${name}`)
  if (hours === undefined) return plain
  return hours >= 8760
    ? t('userNow.year', { name: plain })
    : t('userNow.hours', { name: plain, hours })
}

function valueOf({ name }: StateGroup, columns: readonly number[], t: Translate): string {
  const first = columns[0] ?? 0
  switch (name) {
    case 'visibleTaste':
    case 'clickedItems':
    case 'clickedContent':
    case 'readContent':
    case 'viewedItems':
    case 'lastViewed':
    case 'loggedContext':
      return vector(columns, t)
    case 'topicClicks':
    case 'providerClicks':
      return counts(columns, name, t)
    case 'allClicks':
    case 'allViews':
    case 'requests':
      return formatInteger(Math.expm1(first))
    case 'allReads':
      return formatInteger(Math.expm1(4 * first))
    case 'clickRate':
    case 'constant':
      return formatNumber(first, 2)
    case 'visibleCount':
      return t('userNow.deviations', { n: formatNumber(first, 2) })
    case 'timeOfDay':
      return clock(Math.atan2(first, columns[1] ?? 1))
    case 'weekday':
      return t('userNow.day', { n: columns.indexOf(1) + 1 })
    default:
      return assertNever(name)
  }
}

/** Its length and the columns that make most of it. */
function vector(columns: readonly number[], t: Translate): string {
  const norm = Math.hypot(...columns)
  if (norm === 0) return t('userNow.none')
  const strongest = columns
    .map((value, column) => ({ value, column }))
    .filter(({ value }) => value !== 0)
    .sort((one, other) => Math.abs(other.value) - Math.abs(one.value))
    .slice(0, STRONGEST)
    .map(({ value, column }) =>
      t('userNow.column', { column: column + 1, value: formatNumber(value, 2) }),
    )
  return t('userNow.strongest', { norm: formatNumber(norm, 2), columns: strongest.join(', ') })
}

function counts(columns: readonly number[], name: string, t: Translate): string {
  const present = columns.flatMap((value, column) =>
    value > 0
      ? t('userNow.counted', {
          column: t(`userNow.${name}`, { column: column + 1 }),
          n: formatInteger(Math.expm1(value)),
        })
      : [],
  )
  return present.length > 0 ? present.join(', ') : t('userNow.none')
}

/** @param angle of the day, where 2π are 24 hours */
function clock(angle: number): string {
  const minutes = Math.round(((angle / (2 * Math.PI)) * 1440 + 1440) % 1440) % 1440
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
